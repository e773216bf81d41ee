"""Reads of mergers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Reach
from kyodo.core.mergers import estate
from kyodo.core.mergers.models import Merger
from kyodo.core.mergers.permissions import Permission
from kyodo.core.mergers.rules import State
from kyodo.core.organisations.models import MUNICIPAL, Organisation


@dataclass(frozen=True, slots=True)
class MergerRow:
    """A merger as its page shows it."""

    id: int
    day: date
    state: State
    successor: str
    code: str
    predecessors: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    made_by: str
    made_at: datetime


def visible_to(actor: Actor) -> QuerySet[Merger]:
    """The mergers that an actor may see and change."""
    return Merger.objects.all() if actor.reach(Permission.PLAN) is Reach.REGION else Merger.objects.none()


def held_by(actor: Actor, permission: Permission) -> QuerySet[Merger]:
    """The mergers that an actor may change."""
    return visible_to(actor) if actor.may(permission) else Merger.objects.none()


def rows(found: QuerySet[Merger], *, with_estate: bool = False) -> list[MergerRow]:
    """Frozen rows; with what each body would leave."""
    return [
        MergerRow(
            one.pk,
            one.day,
            State(one.state),
            one.successor.name if one.successor else one.name,
            (one.successor.code or "") if one.successor else one.code,
            tuple(
                (body.name, tuple(estate.counts(body.pk)) if with_estate and one.state == State.PLANNED else ())
                for body in one.predecessors.all()
            ),
            one.made_by,
            one.made_at,
        )
        for one in found.select_related("successor").prefetch_related("predecessors")
    ]


def bodies() -> list[tuple[int, str]]:
    """The municipalities of today, in the order of their codes."""
    found = Organisation.objects.on(clock.today()).filter(kind__in=MUNICIPAL)
    return list(found.order_by("code").values_list("pk", "name"))


def bodies_of_planned() -> set[int]:
    """Bodies that a planned merger ends or enlarges."""
    planned = Merger.objects.filter(state=State.PLANNED)
    ending = planned.values_list("predecessors", flat=True)
    return {key for key in (*ending, *planned.values_list("successor_id", flat=True)) if key is not None}


def codes() -> set[str]:
    """Codes in use, also by bodies that are no more."""
    return {code for code in Organisation.objects.values_list("code", flat=True) if code}
