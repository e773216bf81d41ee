"""Days as the field writes and counts them: fiscal years from April, era years, weekdays in Japanese, open days."""

from kyodo.engines.calendar.closed import (
    business_days_between,
    holiday_name,
    is_business_day,
    last_business_day,
    next_business_day,
)
from kyodo.engines.calendar.japanese import era_year, fiscal_year, fiscal_year_words, full_date, month_from, short_date

__all__ = [
    "business_days_between",
    "era_year",
    "fiscal_year",
    "fiscal_year_words",
    "full_date",
    "holiday_name",
    "is_business_day",
    "last_business_day",
    "month_from",
    "next_business_day",
    "short_date",
]
