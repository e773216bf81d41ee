"""Answers, and what was promised and measured, in words and figures as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from kyodo.core.plain_number import plain
from kyodo.core.ui.dates import shown_full_day
from kyodo.core.ui.parts import Tone
from kyodo.modules.needs.queries import MeasureRow, PublicAnswer, PublicMeasure, RouteRow
from kyodo.modules.needs.rules import ROUTE_STATE_WORDS, ROUTE_WORDS, RouteState, change_in_percent

ROUTE_TONES: dict[RouteState, Tone] = {
    RouteState.PLANNED: Tone.PLAIN,
    RouteState.RUNNING: Tone.GO,
    RouteState.DONE: Tone.DONE,
    RouteState.STOPPED: Tone.WARN,
}


# The same facts, whether read from the tables or as they were published.
Measured = MeasureRow | PublicMeasure
Answered = RouteRow | PublicAnswer


@dataclass(frozen=True, slots=True)
class ShownRoute:
    """An answer in words."""

    row: Answered
    kind: str
    state: str
    tone: Tone
    standing: str


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """A promise and its result in words and figures."""

    row: Measured
    baseline: str
    promised: str
    measured: str
    promised_change: str
    measured_change: str
    is_kept: bool | None  # None until it is measured
    when: str
    saved: tuple[str, ...]


def show_routes(rows: Iterable[Answered], standing: Mapping[int, str] | None = None) -> tuple[ShownRoute, ...]:
    """Answers in words; `standing`: where routes (by number) stand with the module that carries them on."""
    told = standing or {}
    return tuple(
        ShownRoute(
            row,
            gettext(ROUTE_WORDS[row.kind]),
            gettext(ROUTE_STATE_WORDS[row.state]),
            ROUTE_TONES[row.state],
            told.get(row.id, "") if isinstance(row, RouteRow) else "",
        )
        for row in rows
    )


def show_measures(rows: Iterable[Measured]) -> tuple[ShownMeasure, ...]:
    """Promises and results in words and figures."""
    return tuple(_shown(row) for row in rows)


def in_short(row: Measured) -> str:
    """A promise in a few letters: 電話 −70%; the figure itself where a change in percent says nothing."""
    change = _change(row.baseline, row.promised)
    return f"{row.label} {change or _number(row.promised)}"


def _shown(row: Measured) -> ShownMeasure:
    measured, is_kept = "", None
    if row.measured is not None:
        measured = _number(row.measured)
        # As good as promised, or better in the direction of the promise.
        is_kept = row.measured <= row.promised if row.promised < row.baseline else row.measured >= row.promised
    return ShownMeasure(
        row=row,
        baseline=_number(row.baseline),
        promised=_number(row.promised),
        measured=measured,
        promised_change=_change(row.baseline, row.promised),
        measured_change=_change(row.baseline, row.measured) if row.measured is not None else "",
        is_kept=is_kept,
        when=shown_full_day(row.measured_on or row.measure_on),
        saved=tuple(_saved(row)),
    )


def _saved(row: Measured) -> Iterable[str]:
    if row.hours_saved_per_year is not None:
        yield gettext("年 {number}時間").format(number=f"{row.hours_saved_per_year:,}")
    if row.yen_saved_per_year is not None:
        yield gettext("年 {number}円").format(number=f"{row.yen_saved_per_year:,}")


def _number(number: Decimal) -> str:
    return f"{plain(number):,f}"


def _change(before: Decimal, after: Decimal) -> str:
    change = change_in_percent(before, after)
    if change is None:
        return ""
    return f"{'−' if change < 0 else '+'}{abs(change)}%"
