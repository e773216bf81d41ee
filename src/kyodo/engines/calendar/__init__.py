"""Days as the field writes them: fiscal years from April, era years, weekdays in Japanese."""

from kyodo.engines.calendar.japanese import era_year, fiscal_year, fiscal_year_words, full_date, month_from, short_date

__all__ = ["era_year", "fiscal_year", "fiscal_year_words", "full_date", "month_from", "short_date"]
