"""Reads of needs. Each starts from what the actor may see; rows are frozen, and masked where a body asked for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from kyodo.core.access.actor import Actor, resident
from kyodo.core.access.queries import held
from kyodo.core.access.roles import Reach
from kyodo.modules.needs.models import Need, NeedBacking, NeedQuerySet, NeedStep
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import OPEN, PATH, SHARED, SOLVED, TRANSITIONS, Audience, Standing, State, Topic

Needs = NeedQuerySet
Values = Iterable[tuple[Any, ...]]


def visible_to(actor: Actor) -> NeedQuerySet:
    """The needs that an actor may see: all, or those shared with bodies and one's own, or what was solved in public."""
    match actor.reach(Permission.READ):
        case Reach.REGION:
            return Need.objects.all()
        case Reach.OWN:
            return Need.objects.filter(Q(audience__in=SHARED) | Q(organisation_id=actor.organisation_id))
    return public_solved()


def public_solved() -> NeedQuerySet:
    """What was solved and marked as public: readable without an account."""
    return Need.objects.filter(audience=Audience.PUBLIC, state__in=SOLVED)


def held_by(actor: Actor, permission: Permission) -> NeedQuerySet:
    """The needs for whose organisation the actor holds a permission: the only ones that may be written to."""
    return held(Need.objects.all(), actor=actor, permission=permission)


def backable_by(actor: Actor) -> NeedQuerySet:
    """Needs of other bodies that the actor's body may join: shared, and still open."""
    if not actor.may(Permission.BACK) or actor.organisation_id is None:
        return Need.objects.none()
    return Need.objects.filter(audience__in=SHARED, state__in=OPEN).exclude(organisation_id=actor.organisation_id)


def backings_held_by(actor: Actor) -> Any:
    """The backings of the actor's own body."""
    return held(NeedBacking.objects.filter(need__state__in=OPEN), actor=actor, permission=Permission.BACK)


def names_shown_to(actor: Actor) -> Q:
    """The condition under which an actor sees which body a need belongs to."""
    if actor.reach(Permission.READ) is Reach.REGION:
        return Q()
    return ~Q(audience=Audience.ANONYMOUS) | Q(organisation_id=actor.organisation_id)


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need as lists show it. `organisation` and `section` are None where the body asked not to be named."""

    id: int
    title: str
    state: State
    topic: Topic
    audience: Audience
    organisation_id: int | None
    organisation: str | None
    section: str | None
    posted_at: datetime
    state_since: datetime
    wish_on: date | None
    backing_count: int
    people: int | None
    hours_per_year: int | None
    yen_per_year: int | None


ROW_FIELDS = (
    "id",
    "title",
    "state",
    "topic",
    "audience",
    "organisation_id",
    "organisation__name",
    "section",
    "posted_at",
    "state_since",
    "wish_on",
    "backing_count",
    "people",
    "hours_per_year",
    "yen_per_year",
)


def rows(needs: Values, *, actor: Actor) -> list[NeedRow]:
    """Frozen rows of `.values_list(*ROW_FIELDS)`, with the name taken away where the actor may not see it."""
    sees_all = actor.reach(Permission.READ) is Reach.REGION
    made = []
    for key, title, state, topic, audience, organisation_id, name, section, *rest in needs:
        masked = audience == Audience.ANONYMOUS and not sees_all and organisation_id != actor.organisation_id
        owner = (None, None, None) if masked else (organisation_id, name, section)
        made.append(NeedRow(key, title, State(state), Topic(topic), Audience(audience), *owner, *rest))
    return made


@dataclass(frozen=True, slots=True)
class BackingRow:
    """A 「うちも」 as the need's page shows it."""

    id: int
    organisation_id: int
    organisation: str
    section: str
    backed_at: datetime
    volume: str
    wish_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A change of state as the need's page shows it."""

    before: State
    after: State
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NeedStory:
    """All that the need's page tells, as the actor may see it."""

    need: NeedRow
    trouble: str
    standing: Standing
    revision: int
    backings: tuple[BackingRow, ...]
    steps: tuple[StepRow, ...]
    is_own: bool
    may_edit: bool
    may_back: bool
    own_backing: BackingRow | None
    moves: tuple[State, ...]


def story(need_id: int, *, actor: Actor) -> NeedStory | None:
    """The need's whole story in three queries; None where the actor may not even know that it exists."""
    return _story(visible_to(actor), need_id, actor=actor)


def public_story(need_id: int) -> NeedStory | None:
    """The story of what was solved in public, without the words and sections of those who joined: meant for bodies."""
    told = _story(public_solved(), need_id, actor=resident())
    if told is None:
        return None
    return replace(told, backings=tuple(replace(backing, section="", note="") for backing in told.backings))


def _story(needs: NeedQuerySet, need_id: int, *, actor: Actor) -> NeedStory | None:
    found = needs.filter(pk=need_id).values_list(*ROW_FIELDS, "trouble", "standing", "revision").first()
    if found is None:
        return None
    *fields, trouble, standing, revision = found
    (need,) = rows([tuple(fields)], actor=actor)
    backings = _backings(need_id)
    is_own = need.organisation_id is not None and need.organisation_id == actor.organisation_id
    is_open = need.state in OPEN
    own_backing = next((b for b in backings if b.organisation_id == actor.organisation_id), None)
    body_acts = actor.may(Permission.BACK) and actor.organisation_id is not None
    return NeedStory(
        need=need,
        trouble=trouble,
        standing=Standing(standing),
        revision=revision,
        backings=backings,
        steps=_steps(need_id),
        is_own=is_own,
        may_edit=is_own and is_open and actor.may(Permission.POST),
        may_back=body_acts and not is_own and is_open and own_backing is None and need.audience in SHARED,
        own_backing=own_backing,
        moves=tuple(sorted(TRANSITIONS[need.state], key=list(State).index)) if actor.may(Permission.MOVE) else (),
    )


def _backings(need_id: int) -> tuple[BackingRow, ...]:
    found = NeedBacking.objects.filter(need_id=need_id).values_list(
        "id", "organisation_id", "organisation__name", "section", "backed_at", "volume", "wish_on", "note"
    )
    return tuple(BackingRow(*values) for values in found)


def _steps(need_id: int) -> tuple[StepRow, ...]:
    found = NeedStep.objects.filter(need_id=need_id).values_list("before", "after", "reason", "by", "at")
    return tuple(StepRow(State(before), State(after), reason, by, at) for before, after, reason, by, at in found)


def section_of(actor: Actor) -> str:
    """Where in the body the actor sits, as a need's page shows it."""
    return actor.label.removeprefix(actor.organisation_name).strip()


def untaken(*, actor: Actor) -> list[NeedRow]:
    """Needs that nobody has taken up, the oldest first."""
    waiting = visible_to(actor).filter(state=State.RECEIVED).order_by("posted_at", "id")
    return rows(waiting.values_list(*ROW_FIELDS)[:10], actor=actor)


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
    found = dict(visible_to(actor).filter(state__in=OPEN).order_by().values_list("state").annotate(Count("id")))
    return {state: found.get(state, 0) for state in PATH if state in OPEN}


def latest_solved() -> list[NeedRow]:
    """What was solved in public lately."""
    return rows(public_solved().order_by("-state_since", "-id").values_list(*ROW_FIELDS)[:6], actor=resident())


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """Counts for the public front: all needs, not only the public ones; a count betrays nobody."""

    posted: int
    solved: int
    bodies_together: int


def public_figures(*, since: datetime) -> PublicFigures:
    """Counts since a moment."""
    lately = Need.objects.filter(posted_at__gte=since)
    return PublicFigures(
        posted=lately.count(),
        solved=Need.objects.filter(state__in=SOLVED, state_since__gte=since).count(),
        bodies_together=NeedBacking.objects.filter(backed_at__gte=since).values("organisation_id").distinct().count(),
    )


def solved_by_body(*, since: datetime) -> dict[int, int]:
    """For each organisation, how many needs that it posted or joined were solved since a moment."""
    solved = Need.objects.filter(state__in=SOLVED, state_since__gte=since)
    named = solved.filter(audience__in=SHARED - {Audience.ANONYMOUS})
    joined = NeedBacking.objects.filter(need__in=solved.filter(audience__in=SHARED))
    told: Counter[int] = Counter()
    for found in (named, joined):
        told.update(dict(found.order_by().values_list("organisation_id").annotate(Count("id"))))
    return dict(told)
