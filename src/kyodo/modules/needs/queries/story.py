"""A need's whole story as one actor may see it, in a fixed number of queries at most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from kyodo.core.access.actor import Actor, resident
from kyodo.core.access.roles import Reach
from kyodo.core.proxy import marks as proxy
from kyodo.core.threads.subjects import Subject
from kyodo.modules.needs.models import (
    Need,
    NeedBacking,
    NeedFollow,
    NeedMeasure,
    NeedMerge,
    NeedQuerySet,
    NeedRating,
    NeedRoute,
    NeedStep,
)
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.queries.needs import ROW_FIELDS, NeedRow, rows, visible_to
from kyodo.modules.needs.queries.thread import subject_of
from kyodo.modules.needs.rules import (
    BACKING_KIND,
    KIND,
    OPEN,
    RATING_KIND,
    SHARED,
    SOLVED,
    TRANSITIONS,
    Audience,
    PriceReaders,
    RouteKind,
    RouteState,
    Standing,
    State,
)


@dataclass(frozen=True, slots=True)
class BackingRow:
    """A body that has the same trouble: it joined, or posted a need that was merged with this one."""

    id: int
    organisation_id: int
    organisation: str
    section: str
    backed_at: datetime
    volume: str
    wish_on: date | None
    note: str
    by_proxy: str | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """A change of state as the need's page shows it."""

    before: State
    after: State
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MergeRow:
    """Another need that was put together with this one, or from which it was parted again.

    `title` is empty where the actor may not see the other need; `is_source`: the other was merged into this one.
    """

    need_id: int
    title: str
    is_source: bool
    reason: str
    by: str
    at: datetime
    undone_by: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class RouteRow:
    """An answer as the need's page shows it."""

    id: int
    kind: RouteKind
    purpose: str
    owner: str
    due_on: date | None
    state: RouteState
    outcome: str
    address: str
    opened_at: datetime
    state_since: datetime


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """What was promised and measured, as the need's page shows it."""

    id: int
    label: str
    unit: str
    baseline: Decimal
    promised: Decimal
    method: str
    measure_on: date
    promised_by: str
    promised_at: datetime
    measured: Decimal | None
    measured_on: date | None
    evidence: str
    hours_saved_per_year: int | None
    yen_saved_per_year: int | None
    measured_by: str


@dataclass(frozen=True, slots=True)
class RatingRow:
    """How content a body is."""

    organisation_id: int
    organisation: str
    score: int
    comment: str
    at: datetime
    by_proxy: str | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Another need that this one points to: merged into it, or split off from it."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class NeedStory:
    """All that the need's page tells, as the actor may see it. `price` is None where it is not for them."""

    need: NeedRow
    trouble: str
    standing: Standing
    revision: int
    vendor: str
    price_yen: int | None
    price_readers: PriceReaders
    bodies: tuple[BackingRow, ...]
    unnamed_bodies: int
    steps: tuple[StepRow, ...]
    merges: tuple[MergeRow, ...]
    routes: tuple[RouteRow, ...]
    measures: tuple[MeasureRow, ...]
    ratings: tuple[RatingRow, ...]
    merged_into: Origin | None
    split_from: Origin | None
    is_own: bool
    may_edit: bool
    may_back: bool
    own_backing: BackingRow | None
    moves: tuple[State, ...]
    may_arrange: bool
    may_report: bool
    may_measure: bool
    may_rate: bool
    own_rating: RatingRow | None
    is_followed: bool
    subject: Subject


# Most needs have none of these, and building a statement to find nothing costs more than all of this one.
PARTS = """
    SELECT EXISTS (SELECT 1 FROM needs_need WHERE merged_into_id = %s),
           EXISTS (SELECT 1 FROM needs_needmerge WHERE need_id = %s OR into_id = %s),
           EXISTS (SELECT 1 FROM needs_needroute WHERE need_id = %s),
           EXISTS (SELECT 1 FROM needs_needmeasure WHERE need_id = %s),
           EXISTS (SELECT 1 FROM needs_needstep WHERE need_id = %s)
"""
DETAILS = (
    "trouble",
    "standing",
    "revision",
    "vendor",
    "price_yen",
    "price_readers",
    "merged_into__title",
    "split_from_id",
    "split_from__title",
    "organisation_id",
    "is_followed",
)


def story(need_id: int, *, actor: Actor) -> NeedStory | None:
    """The need's whole story; None where the actor may not even know that it exists."""
    return _story(visible_to(actor), need_id, actor=actor)


def told_to_all(need_id: int) -> NeedStory:
    """The story of a need that is to be public, as somebody without an account may read it."""
    told = _story(Need.objects.filter(audience=Audience.PUBLIC), need_id, actor=resident())
    assert told is not None, "only what is public is asked for"
    return told


def _story(needs: NeedQuerySet, need_id: int, *, actor: Actor) -> NeedStory | None:
    follows = NeedFollow.objects.filter(need_id=OuterRef("pk"), user_id=actor.user_id or 0)
    one = needs.filter(pk=need_id).annotate(is_followed=Exists(follows)).values_list(*ROW_FIELDS, *DETAILS)
    found = one.first()
    if found is None:
        return None
    (need,) = rows([found[: len(ROW_FIELDS)]], actor=actor)
    details = found[len(ROW_FIELDS) :]
    trouble, standing, revision, vendor, price_yen, readers = details[:6]
    into_title, split_id, split_title, owner, followed = details[6:]
    sees_all = actor.reach(Permission.READ) is Reach.REGION
    is_own = need.organisation_id is not None and need.organisation_id == actor.organisation_id
    sees_price = sees_all or is_own or (actor.may(Permission.READ) and readers == PriceReaders.BODIES)
    is_open = need.state in OPEN and need.merged_into_id is None
    has_sources, has_merges, has_routes, has_measures, has_steps = _parts(need_id)
    backings, quiet = _backings(need_id, actor=actor)
    sources, unnamed = _sources(need_id, actor=actor, sees_all=sees_all) if has_sources else ([], set())
    bodies = _bodies(backings, sources, owner=need.organisation_id)
    own_backing = next((b for b in backings if b.organisation_id == actor.organisation_id), None)
    ratings = _ratings(need_id) if need.state in SOLVED else ()
    own_rating = next((one for one in ratings if one.organisation_id == actor.organisation_id), None)
    has_part = is_own or any(body.organisation_id == actor.organisation_id for body in bodies)
    body_acts = actor.may(Permission.BACK) and actor.organisation_id is not None
    may_arrange = actor.may(Permission.ARRANGE)
    return NeedStory(
        need=need,
        trouble=trouble,
        standing=Standing(standing),
        revision=revision,
        vendor=vendor if sees_price else "",
        price_yen=price_yen if sees_price else None,
        price_readers=PriceReaders(readers),
        bodies=bodies,
        # Among bodies one that is named too counts again: else one could tell which of them it is.
        unnamed_bodies=len(unnamed if actor.may(Permission.READ) else (quiet | unnamed) - _named(need, bodies)),
        steps=_steps(need_id) if has_steps else (),
        merges=_merges(need_id, actor=actor, sees_all=sees_all) if has_merges else (),
        routes=_routes(need_id) if has_routes else (),
        measures=_measures(need_id) if has_measures else (),
        # What a body says of its content is for that body and those who answered, not for its neighbours.
        ratings=ratings if sees_all else ((own_rating,) if own_rating else ()),
        merged_into=Origin(need.merged_into_id, into_title) if need.merged_into_id else None,
        split_from=Origin(split_id, split_title) if split_id and (sees_all or is_own) else None,
        is_own=is_own,
        may_edit=is_own and is_open and actor.may(Permission.POST),
        may_back=body_acts and not has_part and is_open and need.audience in SHARED,
        own_backing=own_backing,
        moves=_moves(need, actor=actor),
        may_arrange=may_arrange and need.merged_into_id is None,
        # What was begun before a merge is carried on and measured where it was begun.
        may_report=may_arrange,
        may_measure=may_arrange or (is_own and actor.may(Permission.MEASURE)),
        may_rate=need.state in SOLVED and need.merged_into_id is None and has_part and actor.may(Permission.RATE),
        own_rating=own_rating,
        is_followed=followed,
        subject=subject_of(actor, need_id, need.title, owner, need.audience, need.merged_into_id),
    )


def _parts(need_id: int) -> tuple[bool, ...]:
    """Whether there are sources, merges, routes, measures, steps."""
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [need_id] * 6)
        return tuple(map(bool, cursor.fetchone()))


def _moves(need: NeedRow, *, actor: Actor) -> tuple[State, ...]:
    if not actor.may(Permission.MOVE) or need.merged_into_id is not None:
        return ()
    return tuple(sorted(TRANSITIONS[need.state], key=list(State).index))


def _backings(need_id: int, *, actor: Actor) -> tuple[list[BackingRow], set[int]]:
    """Those who joined this need or one that was merged into it, and the bodies of whom the actor may not know.

    Whoever joined a need that only bodies see has said nothing to the public, wherever it was merged later.
    """
    found = NeedBacking.objects.filter(Q(need_id=need_id) | Q(need__merged_into_id=need_id))
    values = found.order_by("backed_at", "id").values_list(
        "id",
        "organisation_id",
        "organisation__name",
        "section",
        "backed_at",
        "volume",
        "wish_on",
        "note",
        proxy.state_of(BACKING_KIND),
        "need__audience",
    )
    told, quiet = [], set()
    for *row, audience in values:
        backing = BackingRow(*row)
        if actor.may(Permission.READ) or audience == Audience.PUBLIC:
            told.append(backing)
        else:
            quiet.add(backing.organisation_id)
    return told, quiet


def _sources(need_id: int, *, actor: Actor, sees_all: bool) -> tuple[list[BackingRow], set[int]]:
    """Who posted a need that was merged into this one, and the bodies of whom the actor may not know."""
    named = SHARED - {Audience.ANONYMOUS} if actor.may(Permission.READ) else {Audience.PUBLIC}
    found = Need.objects.filter(merged_into_id=need_id).order_by("posted_at", "id")
    values = found.values_list(
        "id",
        "organisation_id",
        "organisation__name",
        "section",
        "posted_at",
        "title",
        "wish_on",
        proxy.state_of(KIND),
        "audience",
    )
    told, unnamed = [], set()
    for number, organisation, name, section, at, title, wish, by_proxy, audience in values:
        if sees_all or organisation == actor.organisation_id or audience in named:
            told.append(BackingRow(number, organisation, name, section, at, title, wish, "", by_proxy))
        else:
            unnamed.add(organisation)
    return told, unnamed


def _named(need: NeedRow, bodies: tuple[BackingRow, ...]) -> set[int | None]:
    return {need.organisation_id, *(body.organisation_id for body in bodies)}


def _bodies(backings: list[BackingRow], sources: list[BackingRow], *, owner: int | None) -> tuple[BackingRow, ...]:
    """One row a body, in the order in which they came; who joined with a volume comes before who was merged."""
    told: dict[int, BackingRow] = {}
    for row in (*backings, *sources):
        if row.organisation_id != owner:
            told.setdefault(row.organisation_id, row)
    return tuple(sorted(told.values(), key=lambda row: (row.backed_at, row.id)))


def _steps(need_id: int) -> tuple[StepRow, ...]:
    found = NeedStep.objects.filter(need_id=need_id).values_list("before", "after", "reason", "by", "at")
    return tuple(StepRow(State(before), State(after), reason, by, at) for before, after, reason, by, at in found)


def _merges(need_id: int, *, actor: Actor, sees_all: bool) -> tuple[MergeRow, ...]:
    found = NeedMerge.objects.filter(Q(need_id=need_id) | Q(into_id=need_id))
    fields = ("reason", "by", "at", "undone_by", "undone_at")
    sides = (
        f"{side}{name}" for side in ("need__", "into__") for name in ("id", "title", "audience", "organisation_id")
    )
    made = []
    for values in found.values_list(*sides, *fields):
        source, into, rest = values[:4], values[4:8], values[8:]
        is_source = into[0] == need_id
        number, title, audience, organisation = source if is_source else into
        is_shown = sees_all or audience in SHARED or organisation == actor.organisation_id
        made.append(MergeRow(number, title if is_shown else "", is_source, *rest))
    return tuple(made)


def _routes(need_id: int) -> tuple[RouteRow, ...]:
    found = NeedRoute.objects.filter(need_id=need_id).values_list(
        "id", "kind", "purpose", "owner_label", "due_on", "state", "outcome", "address", "opened_at", "state_since"
    )
    return tuple(
        RouteRow(number, RouteKind(kind), purpose, owner, due_on, RouteState(state), outcome, address, opened, since)
        for number, kind, purpose, owner, due_on, state, outcome, address, opened, since in found
    )


def _measures(need_id: int) -> tuple[MeasureRow, ...]:
    found = NeedMeasure.objects.filter(need_id=need_id)
    return tuple(MeasureRow(*values) for values in found.values_list(*MeasureRow.__dataclass_fields__))


def _ratings(need_id: int) -> tuple[RatingRow, ...]:
    found = NeedRating.objects.filter(need_id=need_id)
    fields = ("organisation_id", "organisation__name", "score", "comment", "at", proxy.state_of(RATING_KIND))
    return tuple(RatingRow(*values) for values in found.values_list(*fields))
