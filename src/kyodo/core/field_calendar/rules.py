"""What a body's own days may say, and what is assumed of a body that has not said anything. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kyodo.core import plain_text
from kyodo.core.faults import Fault
from kyodo.engines.calendar import last_business_day
from kyodo.engines.words import _

NAME_LENGTH = (1, 60)
REMARK_LENGTH = 200
LONGEST = timedelta(days=120)
YEARS = (2000, 2100)


class Kind(StrEnum):
    """What kind of day it is."""

    SESSION = "session"
    BUDGET = "budget"
    CLOSED = "closed"


KIND_WORDS: dict[Kind, str] = {
    Kind.SESSION: _("議会"),
    Kind.BUDGET: _("予算要求締切"),
    Kind.CLOSED: _("庁舎の閉庁日"),
}
# Regular sessions as most councils hold them (地方自治法102条2項 leaves the number to the ordinance): name and days.
USUAL_SESSIONS = (
    (6, _("6月定例会"), 1, 20),
    (9, _("9月定例会"), 1, 25),
    (12, _("12月定例会"), 1, 18),
    (3, _("3月定例会"), 1, 22),
)


@dataclass(frozen=True, slots=True)
class DayDraft:
    """A body's day as it is handed in: `fiscal_year` is for which a budget is asked, `bills_due_on` of a session."""

    kind: Kind
    name: str
    first: date
    last: date
    bills_due_on: date | None = None
    fiscal_year: int | None = None
    remark: str = ""


def faults_of_day(draft: DayDraft) -> list[Fault]:
    """All that is wrong with a day."""
    return list(_faults(draft))


def _faults(draft: DayDraft) -> Iterator[Fault]:
    if fault := plain_text.fault_of(draft.name, shortest=NAME_LENGTH[0], longest=NAME_LENGTH[1], one_line=True):
        yield Fault("name", fault)
    if fault := plain_text.fault_of(draft.remark, longest=REMARK_LENGTH, one_line=True):
        yield Fault("remark", fault)
    if not YEARS[0] <= draft.first.year < YEARS[1]:
        yield Fault("first", _("年を確かめてください。"))
    if draft.last < draft.first:
        yield Fault("last", _("終わりの日は、始まりの日より前にできません。"))
    elif draft.last - draft.first > LONGEST:
        yield Fault("last", _("120日を超える期間は入れられません。年を確かめてください。"))
    if draft.bills_due_on and draft.bills_due_on > draft.last:
        yield Fault("bills_due_on", _("議案の締切は、会期の終わりより前です。"))
    if draft.kind is Kind.BUDGET and not (draft.fiscal_year and YEARS[0] <= draft.fiscal_year < YEARS[1]):
        yield Fault("fiscal_year", _("何年度の予算かを、西暦の4桁で書いてください。"))


def usual_sessions(fiscal_year: int) -> list[tuple[str, date, date]]:
    """What is assumed of a fiscal year's sessions: name, first and last day."""
    return [
        (name, date(_year(fiscal_year, month), month, first), date(_year(fiscal_year, month), month, last))
        for month, name, first, last in USUAL_SESSIONS
    ]


def usual_budget_day(fiscal_year: int) -> date:
    """What is assumed of the day until which the budget of a fiscal year is asked for: the end of October before."""
    return last_business_day(date(fiscal_year - 1, 10, 31))


def first_day(fiscal_year: int) -> date:
    """The first day of a fiscal year."""
    return date(fiscal_year, 4, 1)


def last_day(fiscal_year: int) -> date:
    """The last day of a fiscal year."""
    return date(fiscal_year + 1, 3, 31)


def _year(fiscal_year: int, month: int) -> int:
    return fiscal_year if month >= 4 else fiscal_year + 1
