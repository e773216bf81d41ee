"""Reads of one's own saved filters."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from kyodo.core.access.actor import Actor
from kyodo.core.lists.models import SavedFilter
from kyodo.core.lists.permissions import Permission

FIELDS = ("id", "name", "query")


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved filter as a link: its name, and the query of the list's address."""

    id: int
    name: str
    query: str


def held_by(actor: Actor) -> QuerySet[SavedFilter]:
    """The actor's own saved filters: the only ones that they see and may remove."""
    return SavedFilter.objects.filter(user_id=actor.user_id or 0)


def saved(actor: Actor, *, listing: str) -> tuple[SavedRow, ...]:
    """The actor's own saved filters of a list, by name. One query; none for those who can't save any."""
    if actor.user_id is None or not actor.may(Permission.SAVE):
        return ()
    return tuple(SavedRow(*values) for values in held_by(actor).filter(listing=listing).values_list(*FIELDS))
