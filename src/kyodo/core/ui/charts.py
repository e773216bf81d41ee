"""Bar and line charts drawn on the server: SVG whose text keeps its size at any width, and the same data as a table.

Across the page everything is in per cent, up and down in pixels: so a chart of 320 px has less room between its points,
and the same letters. No colour stands alone: bars carry their value, lines their name and a dash of their own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zlib import crc32

from kyodo.core.ui.parts import Text


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `shown` is its value in words (「83.6億円」). A quiet bar is there to compare with."""

    label: Text
    value: float
    shown: Text
    quiet: bool = False
    url: str = ""
    label_lang: str = ""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its place in the picture."""

    bar: Bar
    label_y: int
    bar_y: int
    value_y: int
    end_y: int
    x: str
    width: str
    value_x: str
    is_inside: bool


@dataclass(frozen=True, slots=True)
class BarChart:
    """What `<c-bar-chart>` shows."""

    id: str
    title: Text
    description: Text
    headings: tuple[Text, Text]
    bars: tuple[DrawnBar, ...]
    zero: str
    height: int
    bar_height: int = 22


BAR_ROW = 58
# Room to the right of the longest bar for a value beside it; a bar of some length carries its value inside.
BAR_SPACE = 78.0
LONG_ENOUGH = 48.0
SMALLEST_SPAN = 1e-9


def bar_chart(bars: Sequence[Bar], *, title: Text, headings: tuple[Text, Text], description: Text = "") -> BarChart:
    """Lay out horizontal bars, each under its label; values below nought go to the left of the zero line."""
    low = min([0.0, *(bar.value for bar in bars)])
    high = max([0.0, *(bar.value for bar in bars)])
    scale = BAR_SPACE / (high - low if high - low > SMALLEST_SPAN else 1.0)
    zero = -low * scale
    drawn = []
    for number, bar in enumerate(bars):
        top = number * BAR_ROW
        begin, end = sorted((zero, zero + bar.value * scale))
        drawn.append(
            DrawnBar(
                bar=bar,
                label_y=top + 16,
                bar_y=top + 23,
                value_y=top + 39,
                end_y=top + 48,
                x=_percent(begin),
                width=_percent(max(end - begin, 0.4)),
                value_x=_percent(end - 1.5 if end - begin >= LONG_ENOUGH else max(end, zero) + 1.5),
                is_inside=end - begin >= LONG_ENOUGH,
            )
        )
    return BarChart(
        id=_id("bars", title),
        title=title,
        description=description,
        headings=headings,
        bars=tuple(drawn),
        zero=_percent(zero),
        height=max(1, len(drawn)) * BAR_ROW,
    )


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value a point, None where there is none; `shown` the same in words."""

    name: Text
    values: Sequence[float | None]
    shown: Sequence[Text]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """Between what and what the values are expected: a low and a high a point, None where nothing is said."""

    name: Text
    low: Sequence[float | None]
    high: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed at: a level line."""

    name: Text
    value: float
    shown: Text


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line with its pieces (it breaks where values are missing), dots, and its name beside its end."""

    series: Series
    number: int
    pieces: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    last: Text
    name_y: int
    last_y: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or a rule at a place: `x` in per cent or `y` in pixels."""

    text: Text
    x: str = ""
    y: str = ""
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class LineChart:
    """What `<c-line-chart>` shows."""

    id: str
    title: Text
    description: Text
    lines: tuple[DrawnLine, ...]
    band: str
    band_name: Text
    target: Mark | None
    rules: tuple[Mark, ...]
    points: tuple[Mark, ...]
    table_head: tuple[Text, ...]
    table_rows: tuple[tuple[Text, ...], ...]


PLOT_TOP = 22
PLOT_HEIGHT = 170
# In per cent: room at the left for the scale, at the right for the names of the lines and their last values.
PLOT_LEFT = 14.0
PLOT_WIDTH = 54.0
NAME_ROW = 38
MOST_POINT_LABELS = 4


def line_chart(
    series: Sequence[Series],
    *,
    points: Sequence[Text],
    title: Text,
    point_heading: Text,
    description: Text = "",
    band: Band | None = None,
    target: Target | None = None,
    unit: str = "",
) -> LineChart:
    """Lay out up to four lines over the same points; the scale begins at nought unless values go below."""
    known = [value for one in series for value in one.values if value is not None]
    if band:
        known += [value for value in (*band.low, *band.high) if value is not None]
    if target:
        known.append(target.value)
    ticks = _ticks(min([0.0, *known]), max([0.0, *known]) or 1.0)
    low, high = ticks[0], ticks[-1]

    def across(number: int) -> float:
        return PLOT_LEFT + PLOT_WIDTH * (number / (len(points) - 1) if len(points) > 1 else 0.5)

    def down(value: float) -> float:
        return PLOT_TOP + PLOT_HEIGHT * (high - value) / (high - low)

    ends = [next((down(v) for v in reversed(one.values) if v is not None), float(PLOT_TOP)) for one in series]
    names = _apart_from_each_other(ends)
    return LineChart(
        id=_id("lines", title),
        title=title,
        description=description,
        lines=tuple(
            DrawnLine(
                series=one,
                number=min(number, 3),
                pieces=_pieces([None if v is None else (across(i), down(v)) for i, v in enumerate(one.values)]),
                dots=tuple((_percent(across(i)), f"{down(v):.1f}") for i, v in enumerate(one.values) if v is not None),
                last=next(
                    (s for s, v in zip(reversed(one.shown), reversed(one.values), strict=True) if v is not None), ""
                ),
                name_y=round(names[number]),
                last_y=round(names[number]) + 18,
            )
            for number, one in enumerate(series)
        ),
        band=_outline(band, across, down) if band else "",
        band_name=band.name if band else "",
        target=Mark(f"{target.name} {target.shown}", y=f"{down(target.value):.1f}") if target else None,
        rules=tuple(Mark(f"{tick:,g}{unit}", y=f"{down(tick):.1f}") for tick in ticks),
        points=_point_labels(points, across),
        table_head=(point_heading, *(one.name for one in series)),
        table_rows=tuple((point, *(one.shown[i] for one in series)) for i, point in enumerate(points)),
    )


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers from below the lowest to above the highest value, three to six of them."""
    if high - low < SMALLEST_SPAN:
        high = low + 1
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _pieces(spots: Sequence[tuple[float, float] | None]) -> tuple[str, ...]:
    """The line in the plot's own coordinates, one piece a run of known values; a lone value is only a dot."""
    pieces: list[list[str]] = [[]]
    for spot in spots:
        if spot is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{spot[0]:.2f},{spot[1]:.2f}")
    return tuple(" ".join(piece) for piece in pieces if len(piece) > 1)


def _outline(band: Band, across: Callable[[int], float], down: Callable[[float], float]) -> str:
    known = [
        (number, low, high)
        for number, (low, high) in enumerate(zip(band.low, band.high, strict=True))
        if low is not None and high is not None
    ]
    there = [f"{across(number):.2f},{down(high):.2f}" for number, _low, high in known]
    back = [f"{across(number):.2f},{down(low):.2f}" for number, low, _high in reversed(known)]
    return " ".join([*there, *back])


def _apart_from_each_other(ends: Sequence[float]) -> list[float]:
    """Where names stand beside the ends of their lines without covering one another."""
    bottom = PLOT_TOP + PLOT_HEIGHT
    order = sorted(range(len(ends)), key=lambda number: ends[number])
    placed = [0.0] * len(ends)
    free = float(PLOT_TOP) - 8
    for number in order:
        placed[number] = max(ends[number] - 4, free)
        free = placed[number] + NAME_ROW
    lowest = float(bottom - 14)
    for number in reversed(order):
        placed[number] = min(placed[number], lowest)
        lowest = placed[number] - NAME_ROW
    return placed


def _point_labels(points: Sequence[Text], across: Callable[[int], float]) -> tuple[Mark, ...]:
    """The first, the last and a few between: at 320 px more would run into each other."""
    last = len(points) - 1
    if last < MOST_POINT_LABELS:
        chosen = list(range(len(points)))
    else:
        chosen = sorted({round(last * part / (MOST_POINT_LABELS - 1)) for part in range(MOST_POINT_LABELS)})
    return tuple(Mark(points[i], x=_percent(across(i)), anchor="middle") for i in chosen)


def _id(kind: str, title: Text) -> str:
    """Tells the drawings of a page apart, and is the same each time the page is made."""
    return f"{kind}-{crc32(str(title).encode()):x}"
