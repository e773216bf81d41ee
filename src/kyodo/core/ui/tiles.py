"""Draws a region as tiles: one image with a name, and the same as a table; sixty links in a picture help nobody.

Where each tile stands comes from `engines/tilemap`, kept with the region; this draws, and knows no geography.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kyodo.core.ui.parts import Text

SIDE = 40
PITCH = 44
STRIP_GAP = 18
DARKEST = 4
FIRST_DARK = 3
# Labels show where a tile is 36 px wide or more; the stylesheet knows these numbers of columns.
LABELLED_UP_TO = (6, 9, 13, 17)
ONE_LINE = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """A body on the map. `shade` 0 (nothing) to 4 (most); `shown` is its value in words, for the table and the tip."""

    column: int
    row: int
    label: str
    name: str
    shown: Text = ""
    shade: int = 0
    apart: bool = False
    url: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class DrawnTile:
    """A tile with its place in the picture: corner, middle, and the label in one or two lines."""

    tile: Tile
    x: int
    y: int
    middle: int
    lines: tuple[tuple[str, int], ...]
    size: str
    is_dark: bool


@dataclass(frozen=True, slots=True)
class TileDrawing:
    """What `<c-tile-map>` shows."""

    id: str
    title: Text
    description: Text
    heading: Text
    tiles: tuple[DrawnTile, ...]
    legend: tuple[tuple[int, Text], ...]
    width: int
    height: int
    labelled: str

    @property
    def picture(self) -> SafeString:
        """The tiles as SVG. Not by a template: sixty tiles were a third of what a page with a map cost."""
        return mark_safe("\n".join(_svg(drawn, with_label=bool(self.labelled)) for drawn in self.tiles))  # noqa: S308  # each value was escaped


def draw(
    tiles: Sequence[Tile],
    *,
    title: Text,
    heading: Text,
    description: Text = "",
    legend: Sequence[tuple[int, Text]] = (),
    labelled: bool = True,
) -> TileDrawing:
    """Put the tiles into a picture; `heading` is the value's column in the table, `legend` tells what shades mean."""
    rows = 1 + max((tile.row for tile in tiles if not tile.apart), default=-1)
    strip_rows = 1 + max((tile.row for tile in tiles if tile.apart), default=-1)
    columns = 1 + max((tile.column for tile in tiles), default=0)
    below = rows * PITCH + (STRIP_GAP if rows else 0)
    bucket = next((limit for limit in LABELLED_UP_TO if columns <= limit), None) if labelled else None
    return TileDrawing(
        id=_id("tiles", title),
        title=title,
        description=description,
        heading=heading,
        tiles=tuple(_drawn(tile, below if tile.apart else 0) for tile in tiles),
        legend=tuple(legend),
        width=columns * PITCH - (PITCH - SIDE),
        height=max(SIDE, (below + strip_rows * PITCH if strip_rows else rows * PITCH) - (PITCH - SIDE)),
        labelled=f"labels-{bucket}" if bucket else "",
    )


def shade_of(value: float, highest: float) -> int:
    """The shade of a value between nought (0) and the highest one (4): equal steps."""
    if value <= 0 or highest <= 0:
        return 0
    return min(DARKEST, 1 + int(value / highest * DARKEST * 0.9999))


def _drawn(tile: Tile, top: int) -> DrawnTile:
    x, y = tile.column * PITCH, top + tile.row * PITCH
    label = tile.label
    if len(label) <= ONE_LINE:
        lines: tuple[tuple[str, int], ...] = ((label, y + 25),)
    else:
        half = (len(label) + 1) // 2
        lines = ((label[:half], y + 18), (label[half : 2 * half], y + 33))
    longest = max(len(line) for line, _y in lines)
    return DrawnTile(
        tile=tile,
        x=x,
        y=y,
        middle=x + SIDE // 2,
        lines=lines,
        size="two" if longest <= 2 else "three" if longest == ONE_LINE else "four",
        is_dark=tile.shade >= FIRST_DARK,
    )


def _svg(drawn: DrawnTile, *, with_label: bool) -> str:
    tile = drawn.tile
    shown = f": {escape(tile.shown)}" if tile.shown else ""
    chosen = " chosen" if tile.chosen else ""
    label = ""
    if with_label:
        lines = "".join(f'<tspan x="{drawn.middle}" y="{y}">{escape(line)}</tspan>' for line, y in drawn.lines)
        label = f'<text class="{drawn.size}{" on-dark" if drawn.is_dark else ""}">{lines}</text>'
    return (
        f"<g><title>{escape(tile.name)}{shown}</title>"
        f'<rect class="shade-{tile.shade}{chosen}" x="{drawn.x}" y="{drawn.y}" width="{SIDE}" height="{SIDE}" rx="5"/>'
        f"{label}</g>"
    )


def _id(kind: str, title: Text) -> str:
    """Tells the drawings of a page apart, and is the same each time the page is made."""
    return f"{kind}-{crc32(str(title).encode()):x}"
