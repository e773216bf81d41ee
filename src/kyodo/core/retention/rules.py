"""Periods of retention, and the way of a list of what is to be disposed of. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kyodo.engines.calendar import fiscal_year
from kyodo.engines.words import _

KIND = "retention.disposal"
YEARS = (1, 3, 5, 10, 30)


class State(StrEnum):
    """Where a list stands."""

    PROPOSED = "proposed"
    DISPOSED = "disposed"
    REJECTED = "rejected"


STATE_WORDS = {State.PROPOSED: _("承認待ち"), State.DISPOSED: _("廃棄済み"), State.REJECTED: _("廃棄しない")}
WAYS: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.DISPOSED, State.REJECTED}),
    State.DISPOSED: frozenset(),
    State.REJECTED: frozenset(),
}


def over_before(years: int, *, today: date) -> date:
    """What ended before this day has been kept long enough: whole fiscal years, counted from the one after the end.

    What ended in fiscal 2021 (to March 2022) and is kept five years goes from April 2027 on.

    >>> over_before(5, today=date(2027, 4, 1))
    datetime.date(2022, 4, 1)
    >>> over_before(5, today=date(2027, 3, 31))
    datetime.date(2021, 4, 1)
    """
    return date(fiscal_year(today) - years, 4, 1)
