"""Reads of entries by proxy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership
from kyodo.core.proxy.models import ProxyEntry
from kyodo.core.proxy.permissions import Permission
from kyodo.core.proxy.rules import OPEN, Source, State, number_of

FIELDS = (
    "id",
    "kind",
    "label",
    "address",
    "organisation_id",
    "organisation__name",
    "state",
    "source",
    "said_on",
    "said_duty",
    "said_by",
    "note",
    "entered_by",
    "entered_at",
    "due_on",
    "answered_by",
    "answered_at",
    "remark",
    "told",
)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as lists and its page show it; `told` is what was entered: [term, value, is a word of ours]."""

    id: int
    kind: str
    label: str
    address: str
    organisation_id: int
    organisation: str
    state: State
    source: Source
    said_on: date
    said_duty: str
    said_by: str
    note: str
    entered_by: str
    entered_at: datetime
    due_on: date
    answered_by: str
    answered_at: datetime | None
    remark: str
    told: list[list[Any]]

    @property
    def number(self) -> str:
        """The number on its sheet."""
        return number_of(self.id)

    @property
    def is_open(self) -> bool:
        """True until the body confirmed it or it was corrected."""
        return self.state in OPEN


def visible_to(actor: Actor) -> QuerySet[ProxyEntry]:
    """The entries that an actor may read: those for the own body, or all."""
    return held(ProxyEntry.objects.all(), actor=actor, permission=Permission.READ)


def held_by(actor: Actor, permission: Permission) -> QuerySet[ProxyEntry]:
    """The entries that still wait for an answer which the actor may give (ANSWER) or note (ENTER)."""
    return held(ProxyEntry.objects.filter(state__in=OPEN), actor=actor, permission=permission)


def rows(found: Iterable[tuple[Any, ...]]) -> list[EntryRow]:
    """Frozen rows of `.values_list(*FIELDS)`."""
    return [EntryRow(*(*one[:6], State(one[6]), Source(one[7]), *one[8:])) for one in found]


def entry(entry_id: int, *, actor: Actor) -> EntryRow | None:
    """One entry; None where it isn't there for the actor."""
    return next(iter(rows(visible_to(actor).filter(pk=entry_id).values_list(*FIELDS))), None)


def waiting_for(actor: Actor) -> list[EntryRow]:
    """What the actor's body is asked to confirm, the oldest first."""
    if not actor.may(Permission.ANSWER):
        return []
    return rows(held_by(actor, Permission.ANSWER).filter(state=State.WAITING).order_by("id").values_list(*FIELDS)[:30])


def disputed_for(actor: Actor) -> list[EntryRow]:
    """What a body says is wrong, for those who may put it right."""
    if not actor.may(Permission.ENTER):
        return []
    return rows(held_by(actor, Permission.ENTER).filter(state=State.DISPUTED).order_by("id").values_list(*FIELDS)[:30])


def heard_by(actor: Actor, entries: set[int], is_internal: bool) -> set[int]:
    """Those of `entries` of which the actor may hear."""
    return set(visible_to(actor).filter(pk__in=entries).values_list("id", flat=True))


def may_read_files(actor: Actor, entry_id: int) -> bool:
    """Who reads an entry reads its proofs."""
    return visible_to(actor).filter(pk=entry_id).exists()


def people_of(organisation_id: int) -> set[int]:
    """Officers and approvers of a body today: who is told."""
    there = Membership.objects.on(clock.today()).filter(organisation_id=organisation_id, user__is_active=True)
    return set(there.filter(role__in=(Role.OFFICER, Role.APPROVER)).values_list("user_id", flat=True))


def address_of(entry_id: int) -> str:
    """The page of an entry."""
    return f"/proxy/{entry_id}/"
