"""Eras, fiscal years and weekdays. Eras after Meiji's calendar reform; an era's first year is written 元年."""

from __future__ import annotations

from datetime import date

# First day of each era (元号を改める政令); the newest first.
ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1873, 1, 1), "明治"),
)
MEIJI_BEGAN = 1868
WEEKDAYS = "月火水木金土日"


def era_year(day: date) -> str:
    """The era year of a day, e.g. 令和8年; the plain year before 1873.

    >>> era_year(date(2019, 5, 1)), era_year(date(2019, 4, 30))
    ('令和元年', '平成31年')
    """
    for began, name in ERAS:
        if day >= began:
            first = MEIJI_BEGAN if name == "明治" else began.year
            number = day.year - first + 1
            return f"{name}{'元' if number == 1 else number}年"
    return f"{day.year}年"


def fiscal_year(day: date) -> int:
    """The fiscal year of a day: 1 April to 31 March (地方自治法208条)."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_words(day: date) -> str:
    """The fiscal year of a day in era years, e.g. 令和8年度.

    >>> fiscal_year_words(date(2027, 3, 31))
    '令和8年度'
    """
    return f"{era_year(date(fiscal_year(day), 5, 1))}度"


def month_from(day: date, months: int) -> date:
    """The first day of the month that is so many months after (below nought: before) that of a day.

    >>> month_from(date(2026, 11, 23), 2), month_from(date(2026, 1, 31), -1), month_from(date(2026, 5, 9), 0)
    (datetime.date(2027, 1, 1), datetime.date(2025, 12, 1), datetime.date(2026, 5, 1))
    """
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def full_date(day: date, language: str = "ja") -> str:
    """A day with its weekday.

    >>> full_date(date(2026, 11, 23)), full_date(date(2026, 11, 23), "en")
    ('2026年11月23日(月)', 'Mon 23 Nov 2026')
    """
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})"
    return f"{day:%a} {day.day} {day:%b %Y}"


def short_date(day: date, *, today: date, language: str = "ja") -> str:
    """A day as lists show it: without the year when it is this fiscal year's.

    >>> short_date(date(2026, 11, 23), today=date(2026, 12, 1)), short_date(date(2024, 5, 7), today=date(2026, 12, 1))
    ('11月23日', '2024年5月7日')
    """
    same = fiscal_year(day) == fiscal_year(today)
    if language == "ja":
        return f"{day.month}月{day.day}日" if same else f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%b}" if same else f"{day.day} {day:%b %Y}"
