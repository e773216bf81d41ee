"""How a day is shown to people: local, in their language, without what they know already."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language, gettext

from kyodo.engines.calendar import full_date, holiday_name, is_business_day, last_business_day, short_date


def _local(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def shown_day(value: date | None) -> str:
    """A day as lists show it: without the year within the fiscal year; nothing for none."""
    if value is None:
        return ""
    return _short(_local(value), timezone.localdate(), get_language() or "ja")


@lru_cache(maxsize=2_048)
def _short(day: date, today: date, language: str) -> str:
    return short_date(day, today=today, language=language)


def shown_full_day(value: date | None) -> str:
    """A day with year and weekday; nothing for none."""
    return full_date(_local(value), get_language() or "ja") if value else ""


def shown_month(value: date | None) -> str:
    """A month with its year: 2026年10月, October 2026; nothing for none."""
    if value is None:
        return ""
    is_japanese = (get_language() or "ja") == "ja"
    return f"{value.year}年{value.month}月" if is_japanese else f"{value:%B %Y}"


def shown_moment(value: datetime | None) -> str:
    """A day and the time of day; nothing for none."""
    return f"{shown_day(value)} {timezone.localtime(value):%H:%M}" if value else ""


def shown_closure(value: date | None) -> str:
    """What to know of a day on which town halls are closed: why, and the last open day before; nothing for others."""
    if value is None or is_business_day(day := _local(value)):
        return ""
    language = get_language() or "ja"
    name, gap = holiday_name(day, language), "" if language == "ja" else " "
    return gettext("{day}は閉庁日です。直前の開庁日は{open_day}です。").format(
        day=f"{shown_day(day)}{gap}({name})" if name else full_date(day, language),
        open_day=full_date(last_business_day(day), language),
    )
