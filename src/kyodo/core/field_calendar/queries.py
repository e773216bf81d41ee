"""Reads of the bodies' days; what a body has not said yet is assumed, and marked so."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.field_calendar import rules
from kyodo.core.field_calendar.models import BodyCalendar, BodyDay
from kyodo.core.field_calendar.permissions import Permission
from kyodo.core.field_calendar.rules import Kind
from kyodo.core.organisations.models import MUNICIPAL, Organisation
from kyodo.engines.calendar import fiscal_year


@dataclass(frozen=True, slots=True)
class DayRow:
    """A body's day. `id` is None for what is only assumed (見込み), whose `name` is a text to translate."""

    organisation_id: int
    id: int | None
    kind: Kind
    name: str
    first: date
    last: date
    bills_due_on: date | None
    fiscal_year: int | None
    remark: str

    @property
    def is_estimate(self) -> bool:
        """True for what the body has not confirmed."""
        return self.id is None


FIELDS = tuple(DayRow.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class BodyYear:
    """A body's days in a fiscal year."""

    id: int
    code: str
    name: str
    days: tuple[DayRow, ...]


def sessions_of(organisation_ids: Collection[int], since: date, until: date) -> list[DayRow]:
    """The sessions of these bodies that touch the days from `since` until `until` (inclusive), the earliest first.

    Of a municipality that entered none for a fiscal year the usual four are assumed.
    """
    years = range(fiscal_year(since), fiscal_year(until) + 1)
    found = _days(organisation_ids, since=rules.first_day(years[0]), until=rules.last_day(years[-1]), kind=Kind.SESSION)
    municipal = set(_municipal(organisation_ids))
    for year in years:
        said = {row.organisation_id for row in found if fiscal_year(row.first) == year and not row.is_estimate}
        found += [row for body in municipal - said for row in _assumed_sessions(body, year)]
    touching = [row for row in found if row.first <= until and row.last >= since]
    return sorted(touching, key=lambda row: (row.first, row.organisation_id))


def budget_request_deadline(organisation_id: int, fiscal_year: int) -> DayRow:
    """The day until which a body asks for the budget of a fiscal year; assumed where it has not said."""
    own = BodyDay.objects.filter(organisation_id=organisation_id, kind=Kind.BUDGET, fiscal_year=fiscal_year)
    values = own.values_list(*FIELDS).first()
    return _row(values) if values else _assumed_budget(organisation_id, fiscal_year)


def closed_days_of(organisation_id: int, since: date, until: date) -> frozenset[date]:
    """The days on which a body is closed beside those that all are: for `also=` of engines/calendar."""
    days: set[date] = set()
    for row in _days([organisation_id], since=since, until=until, kind=Kind.CLOSED):
        days |= {row.first + timedelta(days=number) for number in range((row.last - row.first).days + 1)}
    return frozenset(days)


def year_of(year: int, *, query: str = "", only: int | None = None) -> list[BodyYear]:
    """The municipalities that exist today with their days of a fiscal year, in three queries; narrowed by a word."""
    bodies = Organisation.objects.on(clock.today()).filter(kind__in=MUNICIPAL)
    if only is not None:
        bodies = bodies.filter(pk=only)
    named = list(bodies.order_by("code").values_list("id", "code", "name", "kana"))
    word = query.strip()
    named = [one for one in named if word in (one[1] or "") or word in one[2] or word in one[3]]
    ids = [one[0] for one in named]
    since, until = rules.first_day(year), rules.last_day(year)
    days: dict[int, list[DayRow]] = defaultdict(list)
    for row in sessions_of(ids, since, until):
        days[row.organisation_id].append(row)
    said = set()
    for row in _days(ids, since=since, until=until):
        if row.kind is not Kind.SESSION:
            days[row.organisation_id].append(row)
        if row.kind is Kind.BUDGET:
            said.add(row.organisation_id)
    for body in set(ids) - said:
        days[body].append(_assumed_budget(body, year + 1))
    return [
        BodyYear(key, code or "", name, tuple(sorted(days[key], key=lambda row: (row.first, row.kind))))
        for key, code, name, _kana in named
    ]


def kept_bodies(actor: Actor) -> QuerySet[Organisation]:
    """The bodies whose days the actor keeps."""
    there = Organisation.objects.on(clock.today()).filter(kind__in=MUNICIPAL)
    return held(there, actor=actor, permission=Permission.KEEP, owner="pk")


def held_by(actor: Actor) -> QuerySet[BodyDay]:
    """The days that the actor may change."""
    return held(BodyDay.objects.select_related("organisation"), actor=actor, permission=Permission.KEEP)


def has_calendar(organisation_id: int) -> bool:
    """True if the body's calendar has a secret address."""
    return BodyCalendar.objects.filter(pk=organisation_id).exists()


def body_of_calendar(key: str) -> Organisation | None:
    """The body to whose calendar a secret leads; None for one that is no good (any more)."""
    own = BodyCalendar.objects.filter(digest=digest_of(key)).select_related("organisation__home_entrance").first()
    return own.organisation if own else None


def of_body(organisation_id: int, *, since: date, until: date) -> list[DayRow]:
    """Everything that a body has said of these days, and the sessions and deadlines that are assumed."""
    years = range(fiscal_year(since), fiscal_year(until) + 1)
    found = [day for year in years for body in year_of(year, only=organisation_id) for day in body.days]
    return [row for row in found if row.first <= until and row.last >= since]


def digest_of(key: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(key.encode()).hexdigest()


def _municipal(organisation_ids: Collection[int]) -> list[int]:
    bodies = Organisation.objects.filter(pk__in=organisation_ids, kind__in=MUNICIPAL)
    return list(bodies.order_by().values_list("pk", flat=True))


def _days(organisation_ids: Collection[int], *, since: date, until: date, kind: Kind | None = None) -> list[DayRow]:
    found = BodyDay.objects.filter(organisation_id__in=organisation_ids, first__lte=until, last__gte=since)
    if kind is not None:
        found = found.filter(kind=kind)
    return [_row(values) for values in found.values_list(*FIELDS)]


def _row(values: tuple[object, ...]) -> DayRow:
    organisation, key, kind, *rest = values
    return DayRow(*(organisation, key, Kind(str(kind)), *rest))  # type: ignore[arg-type]


def _assumed_sessions(organisation_id: int, year: int) -> list[DayRow]:
    return [
        DayRow(organisation_id, None, Kind.SESSION, name, first, last, None, None, "")
        for name, first, last in rules.usual_sessions(year)
    ]


def _assumed_budget(organisation_id: int, year: int) -> DayRow:
    day = rules.usual_budget_day(year)
    return DayRow(organisation_id, None, Kind.BUDGET, rules.KIND_WORDS[Kind.BUDGET], day, day, None, year, "")
