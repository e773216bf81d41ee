"""The monthly report, for a body or the region: what came in, how fast it was answered, what was solved and saved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from kyodo.engines.calendar import month_from
from kyodo.modules.needs.models import Need, NeedBacking, NeedMeasure, NeedRating, NeedStep
from kyodo.modules.needs.rules import OPEN, SOLVED, State, Topic

MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What happened in one month. `days_to_answer`: the median of days from posting to the first answer in it."""

    month: date
    posted: int
    joined: int
    answered: int
    days_to_answer: float | None
    solved: int
    declined: int
    measured: int
    hours_saved: int
    yen_saved: int


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a month and of the eleven before it, what is open at its end, by topic, and the results."""

    months: tuple[MonthFigures, ...]
    open_at_end: int
    by_topic: tuple[tuple[Topic, int, int], ...]  # posted and solved in the year to the month's end
    results: tuple[tuple[int, str, str, int | None, int | None], ...]  # need, title, measure, hours, yen
    satisfaction: float | None  # mean of the scores given in the month
    ratings: int

    @property
    def month(self) -> MonthFigures:
        """The month that was asked for."""
        return self.months[-1]


def report(*, month: date, organisation_id: int | None) -> Report:
    """The report of a month (its first day), for what a body posted or joined, or for all."""
    starts = [month_from(month, number) for number in range(1 - MONTHS, 1)]
    begin, end = _moment(starts[0]), _moment(month_from(month, 1))
    needs = _needs_of(organisation_id)
    posted = list(needs.filter(posted_at__gte=begin, posted_at__lt=end).values_list("posted_at", "topic", "state"))
    steps = _steps(needs, begin, end)
    joined = NeedBacking.objects.filter(backed_at__gte=begin, backed_at__lt=end)
    if organisation_id is not None:
        joined = joined.filter(Q(organisation_id=organisation_id) | Q(need__organisation_id=organisation_id))
    joins = list(joined.values_list("backed_at", flat=True))
    results = _results(needs, begin, end)
    months = tuple(_figures(start, posted=posted, joins=joins, steps=steps, results=results) for start in starts)
    scores = _scores(organisation_id, _moment(month), end)
    this_month = _moment(month)
    return Report(
        months=months,
        open_at_end=_open_at(needs, end),
        by_topic=_by_topic(posted, steps),
        results=tuple(row[1:] for row in results if row[0] >= this_month),
        satisfaction=sum(scores) / len(scores) if scores else None,
        ratings=len(scores),
    )


Posted = list[tuple[datetime, str, str]]
# Moment, state before, state after, when the need was posted, its topic.
Steps = list[tuple[datetime, str, str, datetime, str]]
# Moment, need, title, measure, hours, yen.
Results = list[tuple[datetime, int, str, str, int | None, int | None]]


def _needs_of(organisation_id: int | None) -> QuerySet[Need]:
    if organisation_id is None:
        return Need.objects.all()
    joined = NeedBacking.objects.filter(organisation_id=organisation_id).values("need_id")
    return Need.objects.filter(Q(organisation_id=organisation_id) | Q(pk__in=joined))


def _steps(needs: QuerySet[Need], begin: datetime, end: datetime) -> Steps:
    taken = NeedStep.objects.filter(need__in=needs, at__gte=begin, at__lt=end).order_by("at")
    return list(taken.values_list("at", "before", "after", "need__posted_at", "need__topic"))


def _results(needs: QuerySet[Need], begin: datetime, end: datetime) -> Results:
    measured = NeedMeasure.objects.filter(need__in=needs, measured_at__gte=begin, measured_at__lt=end)
    fields = ("measured_at", "need_id", "need__title", "label", "hours_saved_per_year", "yen_saved_per_year")
    return list(measured.order_by("measured_at").values_list(*fields))


def _scores(organisation_id: int | None, begin: datetime, end: datetime) -> list[int]:
    given = NeedRating.objects.filter(at__gte=begin, at__lt=end)
    if organisation_id is not None:
        given = given.filter(organisation_id=organisation_id)
    return list(given.values_list("score", flat=True))


def _figures(start: date, *, posted: Posted, joins: list[datetime], steps: Steps, results: Results) -> MonthFigures:
    begin, end = _moment(start), _moment(month_from(start, 1))

    def within(moment: datetime) -> bool:
        return begin <= moment < end

    mine = [step for step in steps if within(step[0])]
    waits = [(at - asked) / timedelta(days=1) for at, before, _after, asked, _topic in mine if before == State.RECEIVED]
    measured = [row for row in results if within(row[0])]
    return MonthFigures(
        month=start,
        posted=sum(1 for at, _topic, _state in posted if within(at)),
        joined=sum(1 for at in joins if within(at)),
        answered=len(waits),
        days_to_answer=median(waits) if waits else None,
        solved=sum(1 for step in mine if step[2] == State.DONE),
        declined=sum(1 for step in mine if step[2] == State.DECLINED),
        measured=len(measured),
        hours_saved=sum(row[4] or 0 for row in measured),
        yen_saved=sum(row[5] or 0 for row in measured),
    )


def _open_at(needs: QuerySet[Need], end: datetime) -> int:
    """How many needs were open at a moment: posted by then, and not ended, or ended later."""
    return needs.filter(posted_at__lt=end, merged_into=None).filter(Q(state__in=OPEN) | Q(state_since__gte=end)).count()


def _by_topic(posted: Posted, steps: Steps) -> tuple[tuple[Topic, int, int], ...]:
    came = Counter(topic for _at, topic, _state in posted)
    solved = Counter(topic for _at, before, after, _asked, topic in steps if after in SOLVED and before not in SOLVED)
    told = [(Topic(topic), came[topic], solved[topic]) for topic in came.keys() | solved.keys()]
    return tuple(sorted(told, key=lambda row: (-row[1], -row[2], row[0])))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(settings.TIME_ZONE))
