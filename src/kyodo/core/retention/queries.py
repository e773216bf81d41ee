"""Reads of periods and lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Reach
from kyodo.core.retention import rules
from kyodo.core.retention.kinds import KINDS, RecordKind
from kyodo.core.retention.models import Disposal, DisposalItem, Period
from kyodo.core.retention.permissions import Permission
from kyodo.core.retention.rules import State

MOST = 2_000


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A kind with its period; how many are over now, None where the house clears it by itself."""

    kind: str
    name: str
    from_when: str
    years: int | None
    over: int | None
    waiting: int | None


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """A list among others."""

    id: int
    name: str
    state: State
    made_by: str
    made_at: datetime
    decided_by: str
    items: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One record of a list."""

    id: int
    label: str
    since: date
    kept: bool


def years_of(kind: RecordKind) -> int:
    """How many fiscal years a kind is kept here."""
    assert kind.years is not None, "what the house clears by itself has no years"
    return Period.objects.filter(pk=kind.kind).values_list("years", flat=True).first() or kind.years


def before(kind: RecordKind) -> date:
    """What of the kind ended before this day is over."""
    return rules.over_before(years_of(kind), today=clock.today())


def periods() -> list[PeriodRow]:
    """All kinds, with what is over now."""
    waiting = dict(Disposal.objects.filter(state=State.PROPOSED).values_list("kind", "pk"))
    return [
        PeriodRow(
            kind.kind,
            kind.name,
            kind.from_when,
            years_of(kind) if kind.over else None,
            len(kind.over(before(kind), MOST)) if kind.over else None,
            waiting.get(kind.kind),
        )
        for kind in KINDS.values()
    ]


def visible_to(actor: Actor) -> QuerySet[Disposal]:
    """The lists that an actor may see."""
    return Disposal.objects.all() if actor.reach(Permission.SEE) is Reach.REGION else Disposal.objects.none()


def held_by(actor: Actor, permission: Permission) -> QuerySet[Disposal]:
    """The lists that an actor may answer."""
    return Disposal.objects.all() if actor.reach(permission) is Reach.REGION else Disposal.objects.none()


def rows(found: QuerySet[Disposal]) -> list[DisposalRow]:
    """Frozen rows."""
    fields = ("pk", "kind", "state", "made_by", "made_at", "decided_by", "number")
    return [
        DisposalRow(key, KINDS[kind].name if kind in KINDS else kind, State(state), *rest)
        for key, kind, state, *rest in found.annotate(number=Count("items")).values_list(*fields)
    ]


def items(disposal_id: int) -> list[ItemRow]:
    """The records of a list."""
    found = DisposalItem.objects.filter(disposal_id=disposal_id)
    return [ItemRow(*values) for values in found.values_list("pk", "label", "since", "kept")]
