"""What everybody may know: counts of the region, and what was solved in public, as it was published."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count
from pydantic import TypeAdapter

from kyodo.core.access.actor import resident
from kyodo.core.publication import queries as publications
from kyodo.core.publication.queries import Version
from kyodo.modules.needs.models import Need, NeedBacking
from kyodo.modules.needs.queries.needs import ROW_FIELDS, NeedRow, public_solved, rows
from kyodo.modules.needs.queries.story import told_to_all
from kyodo.modules.needs.rules import KIND, SHARED, SOLVED, Audience, RouteKind, RouteState, State, Topic


@dataclass(frozen=True, slots=True)
class PublicStep:
    """A state that the need reached, and what was said then."""

    state: State
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class PublicBody:
    """A body that joined, with its volume; without section and note, which are meant for bodies."""

    id: int
    name: str
    volume: str


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """What the need was answered with."""

    kind: RouteKind
    state: RouteState
    purpose: str
    outcome: str


@dataclass(frozen=True, slots=True)
class PublicMeasure:
    """What was promised, and measured."""

    label: str
    unit: str
    baseline: Decimal
    promised: Decimal
    method: str
    measure_on: date
    measured: Decimal | None
    measured_on: date | None
    evidence: str
    hours_saved_per_year: int | None
    yen_saved_per_year: int | None


@dataclass(frozen=True, slots=True)
class PublicStory:
    """A solved need as everybody reads it."""

    id: int
    title: str
    trouble: str
    topic: Topic
    state: State
    organisation_id: int
    organisation: str
    posted_at: datetime
    people: int | None
    hours_per_year: int | None
    yen_per_year: int | None
    steps: tuple[PublicStep, ...]
    bodies: tuple[PublicBody, ...]
    unnamed_bodies: int
    answers: tuple[PublicAnswer, ...]
    measures: tuple[PublicMeasure, ...]


_form: TypeAdapter[PublicStory] = TypeAdapter(PublicStory)


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A version of a public story, and since and until when it is the public one."""

    story: PublicStory
    version: Version


def published(need_id: int, *, number: int | None = None, on: datetime | None = None) -> PublicPage | None:
    """What is public of a need: now, in a version, or at a moment; None for what is not."""
    if number is not None:
        version = publications.numbered(KIND, need_id, number)
    elif on is not None:
        version = publications.as_of(KIND, need_id, on)
    else:
        version = publications.current(KIND, need_id)
    return PublicPage(_form.validate_python(version.content), version) if version else None


def content_of(need_id: int) -> dict[str, Any]:
    """The story of a need that may be public, as JSON values to be published."""
    told = told_to_all(need_id)
    need = told.need
    assert need.organisation_id is not None, "what is public is named"
    assert need.organisation is not None, "what is public is named"
    story = PublicStory(
        id=need.id,
        title=need.title,
        trouble=told.trouble,
        topic=need.topic,
        state=need.state,
        organisation_id=need.organisation_id,
        organisation=need.organisation,
        posted_at=need.posted_at,
        people=need.people,
        hours_per_year=need.hours_per_year,
        yen_per_year=need.yen_per_year,
        steps=tuple(PublicStep(step.after, step.at, step.reason) for step in told.steps),
        bodies=tuple(PublicBody(one.organisation_id, one.organisation, one.volume) for one in told.bodies),
        unnamed_bodies=told.unnamed_bodies,
        answers=tuple(PublicAnswer(one.kind, one.state, one.purpose, one.outcome) for one in told.routes),
        measures=tuple(
            PublicMeasure(**{name: getattr(one, name) for name in PublicMeasure.__dataclass_fields__})
            for one in told.measures
        ),
    )
    packed: dict[str, Any] = _form.dump_python(story, mode="json")
    return packed


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
