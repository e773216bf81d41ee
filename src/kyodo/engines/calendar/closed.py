"""Days on which town halls are closed, and the counting of those on which they are open.

Closed are Saturdays, Sundays, national holidays (国民の祝日に関する法律3条, substitute and in-between days too) and the
turn of the year. 地方自治法4条の2 leaves the days of the last to each body's ordinance; 29 December to 3 January, the
usual ones, are taken for all. What a body closes besides is given as `also`.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta
from functools import lru_cache

from holidays.countries.japan import Japan

SATURDAY = 5
DAY = timedelta(days=1)
NONE: frozenset[date] = frozenset()
YEAR_ENDS, YEAR_BEGINS = (12, 29), (1, 3)
LIBRARY_LANGUAGES = {"ja": "ja", "en": "en_US"}
TURN_OF_THE_YEAR = {"ja": "年末年始", "en": "turn of the year"}


@lru_cache(maxsize=64)
def _national(year: int, language: str) -> dict[date, str]:
    return dict(Japan(years=year, language=LIBRARY_LANGUAGES[language]).items())


def holiday_name(day: date, language: str = "ja") -> str | None:
    """What a national holiday, or a day at the turn of the year, is called; None for all other days.

    >>> holiday_name(date(2026, 5, 4)), holiday_name(date(2026, 5, 4), "en"), holiday_name(date(2026, 12, 30))
    ('みどりの日', 'Greenery Day', '年末年始')
    >>> holiday_name(date(2026, 5, 2)) is None
    True
    """
    language = language if language in LIBRARY_LANGUAGES else "en"
    if name := _national(day.year, language).get(day):
        return name
    month_day = (day.month, day.day)
    return TURN_OF_THE_YEAR[language] if month_day >= YEAR_ENDS or month_day <= YEAR_BEGINS else None


def is_business_day(day: date, *, also: Set[date] = NONE) -> bool:
    """True if town halls are open; `also` are further days on which this one is closed.

    >>> is_business_day(date(2026, 5, 1)), is_business_day(date(2026, 5, 6)), is_business_day(date(2027, 1, 4))
    (True, False, True)
    """
    return day.weekday() < SATURDAY and day not in also and holiday_name(day) is None


def next_business_day(day: date, *, also: Set[date] = NONE) -> date:
    """The first open day after `day`.

    >>> next_business_day(date(2026, 12, 28))
    datetime.date(2027, 1, 4)
    """
    day += DAY
    while not is_business_day(day, also=also):
        day += DAY
    return day


def last_business_day(day: date, *, also: Set[date] = NONE) -> date:
    """The day itself where it is open, else the last open one before it.

    >>> last_business_day(date(2026, 5, 4)), last_business_day(date(2026, 5, 1))
    (datetime.date(2026, 5, 1), datetime.date(2026, 5, 1))
    """
    while not is_business_day(day, also=also):
        day -= DAY
    return day


def business_days_between(first: date, last: date, *, also: Set[date] = NONE) -> int:
    """How many open days there are after `first` up to and with `last` (民法140条: the first day does not count).

    >>> business_days_between(date(2026, 4, 30), date(2026, 5, 7))
    2
    """
    return sum(is_business_day(first + n * DAY, also=also) for n in range(1, (last - first).days + 1))
