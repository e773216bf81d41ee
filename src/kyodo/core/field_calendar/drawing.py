"""The year as a picture: a strip a body, sessions as bars, budget deadlines as marks; what is assumed is hollow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kyodo.core.field_calendar import rules
from kyodo.core.field_calendar.queries import BodyYear
from kyodo.core.field_calendar.rules import Kind

LEFT, DAY, ROW, HEAD = 130, 2.3, 22, 26
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


def strips(bodies: Sequence[BodyYear], year: int, *, today: date) -> SafeString:
    """The drawing; its table stands beside it on the page."""
    begin, end = rules.first_day(year), rules.last_day(year)
    width, height = _x(end, begin) + 10, HEAD + ROW * len(bodies) + 6
    title = escape(gettext("議会と予算要求締切の一年"))
    parts = [
        f'<svg role="img" viewBox="0 0 {width:.0f} {height}" aria-labelledby="year-title">',
        f'<title id="year-title">{title}</title>',
        *_grid(begin, year, height),
    ]
    if begin <= today <= end:
        x = _x(today, begin)
        parts.append(f'<line class="today" x1="{x:.1f}" x2="{x:.1f}" y1="{HEAD - 6}" y2="{height}"/>')
    for number, body in enumerate(bodies):
        y = HEAD + ROW * number
        parts.append(f'<text x="0" y="{y + 14}" lang="ja">{escape(body.name)}</text>')
        parts += _marks(body, begin, y)
    return mark_safe("".join([*parts, "</svg>"]))  # noqa: S308  # names are escaped where they are put in


def _grid(begin: date, year: int, height: int) -> Iterator[str]:
    for month in MONTHS:
        x = _x(date(year if month >= 4 else year + 1, month, 1), begin)
        yield f'<line class="base" x1="{x:.1f}" x2="{x:.1f}" y1="{HEAD - 8}" y2="{height}"/>'
        told = gettext("{month}月").format(month=month)
        yield f'<text x="{x + 4:.1f}" y="14">{escape(told)}</text>'


def _marks(body: BodyYear, begin: date, y: int) -> Iterator[str]:
    for day in body.days:
        look = "assumed" if day.is_estimate else "said"
        x = max(_x(day.first, begin), LEFT)
        if day.kind is Kind.SESSION:
            width = max(3.0, _x(day.last, begin) + DAY - x)
            yield f'<rect class="session {look}" x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="12" rx="2"/>'
        elif day.kind is Kind.BUDGET:
            yield f'<path class="budget {look}" d="M{x:.1f} {y + 3}l6 7l-6 7l-6 -7z"/>'


def _x(day: date, begin: date) -> float:
    return LEFT + DAY * (day - begin).days
