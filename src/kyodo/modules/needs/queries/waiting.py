"""What waits: for a coordinator to be taken up, for a body to be answered, joined or rated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from kyodo.core.access.actor import Actor
from kyodo.modules.needs.models import Need, NeedBacking, NeedQuerySet
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.queries.needs import ROW_FIELDS, NeedRow, backable_by, held_by, rows, visible_to
from kyodo.modules.needs.rules import OPEN, PATH, SOLVED, State


def untaken(*, actor: Actor) -> list[NeedRow]:
    """Needs that nobody has taken up, the oldest first."""
    return rows(_untaken(visible_to(actor)).values_list(*ROW_FIELDS)[:10], actor=actor)


def own_open(*, actor: Actor) -> list[NeedRow]:
    """Open needs of the actor's body, the newest first."""
    own = held_by(actor, Permission.POST).filter(state__in=OPEN)
    return rows(own.values_list(*ROW_FIELDS)[:10], actor=actor)


def joinable(*, actor: Actor) -> list[NeedRow]:
    """Needs of other bodies that the actor's body could join, the newest first."""
    fresh = backable_by(actor).exclude(backings__organisation_id=actor.organisation_id or 0)
    # A query a state: each walks its index and stops soon; one over all of them would read and sort every open need.
    newest = [
        values for state in PATH if state in OPEN for values in fresh.filter(state=state).values_list(*ROW_FIELDS)[:8]
    ]
    made = rows(newest, actor=actor)
    return sorted(made, key=lambda row: (row.posted_at, row.id), reverse=True)[:8]


def counts(*, actor: Actor) -> dict[State, int]:
    """How many needs stand in each open state."""
    found = dict(
        visible_to(actor).filter(state__in=OPEN, merged_into=None).order_by().values_list("state").annotate(Count("id"))
    )
    return {state: found.get(state, 0) for state in PATH if state in OPEN}


def untaken_of_all() -> list[tuple[int, str, str]]:
    """Number, title and body of the needs that nobody has taken up, the oldest first."""
    return list(_untaken(Need.objects.all()).values_list("id", "title", "organisation__name")[:40])


def _untaken(needs: NeedQuerySet) -> NeedQuerySet:
    return needs.filter(state=State.RECEIVED, merged_into=None).order_by("posted_at", "id")


@dataclass(frozen=True, slots=True)
class Unrated:
    """A need that came to its end and that the actor's body has not said its satisfaction with."""

    id: int
    title: str
    since: datetime


def unrated(*, actor: Actor) -> list[Unrated]:
    """Solved needs that the actor's body posted or joined and did not rate, the oldest first."""
    if not actor.may(Permission.RATE) or actor.organisation_id is None:
        return []
    joined = NeedBacking.objects.filter(organisation_id=actor.organisation_id).values("need_id")
    ours = Need.objects.filter(Q(organisation_id=actor.organisation_id) | Q(pk__in=joined), merged_into=None)
    open_ones = ours.filter(state__in=SOLVED).exclude(ratings__organisation_id=actor.organisation_id)
    return [
        Unrated(*values) for values in open_ones.order_by("state_since").values_list("id", "title", "state_since")[:5]
    ]
