"""A rule's rows in time: a lane for each part and class, a bar a row; what is not sure is hollow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kyodo.core.statutes import shown
from kyodo.core.statutes.queries import ListedRow
from kyodo.core.statutes.rules import Row, Sure

LEFT, WIDTH, ROW, HEAD = 210, 560, 24, 26
LETTER = 12
BEFORE, AFTER = timedelta(days=3 * 365), timedelta(days=3 * 365)


def timeline(rows: Sequence[ListedRow], *, today: date) -> SafeString:
    """The drawing of the standing rows; empty where none has a day. The table beside it says the same."""
    standing = [one for one in rows if not one.is_old]
    days = [day for one in standing for day in (one.row.valid_from, one.row.valid_until) if day]
    if not days:
        return mark_safe("")
    begin, end = min(*days, today) - BEFORE, max(*days, today) + AFTER
    lanes: dict[str, list[Row]] = {}
    for one in standing:
        lanes.setdefault(_lane(one), []).append(one.row)
    title = escape(gettext("行が有効な期間"))
    height = HEAD + ROW * len(lanes) + 6
    parts = [
        f'<svg role="img" viewBox="0 0 {LEFT + WIDTH + 10} {height}" aria-labelledby="rule-title">',
        f'<title id="rule-title">{title}</title>',
    ]
    for year in range(begin.year + 1, end.year + 1, max(1, (end.year - begin.year) // 8)):
        x = _x(date(year, 1, 1), begin, end)
        parts.append(f'<line class="base" x1="{x:.1f}" x2="{x:.1f}" y1="{HEAD - 8}" y2="{height}"/>')
        parts.append(f'<text x="{x + 3:.1f}" y="14" font-size="13">{year}</text>')
    x = _x(today, begin, end)
    parts.append(f'<line class="today" x1="{x:.1f}" x2="{x:.1f}" y1="{HEAD - 6}" y2="{height}"/>')
    for number, (name, held) in enumerate(lanes.items()):
        y = HEAD + ROW * number
        parts.append(f'<text x="0" y="{y + 16}" font-size="13">{escape(name)}</text>')
        parts += [part for row in held for part in _bar(row, begin, end, y)]
    return mark_safe("".join([*parts, "</svg>"]))  # noqa: S308  # names are escaped where they are put in


def _lane(one: ListedRow) -> str:
    told = (shown.kind_of(one.row), one.organisation or shown.whose(one.row))
    return " ".join(part for part in told if part)


def _bar(row: Row, begin: date, end: date, y: int) -> Iterator[str]:
    first, last = _x(row.valid_from or begin, begin, end), _x(row.valid_until or end, begin, end)
    look, ink = ("assumed", "") if row.sure is Sure.UNSURE else ("said", ' class="on-dark"')
    told, figure = shown.days(row), shown.figure_of(row)
    width = max(3.0, last - first - 1)
    yield f'<rect class="session {look}" x="{first:.1f}" y="{y + 3}" width="{width:.1f}" height="17" rx="2">'
    yield f"<title>{escape(figure)} {escape(told)}</title></rect>"
    if width > LETTER * len(figure):
        yield f'<text{ink} x="{first + 4:.1f}" y="{y + 16}" font-size="12">{escape(figure)}</text>'


def _x(day: date, begin: date, end: date) -> float:
    return LEFT + WIDTH * (day - begin).days / (end - begin).days
