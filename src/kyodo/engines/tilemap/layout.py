"""What a tile map is made from, and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Place:
    """A body and where it is.

    Parameters
    ----------
    id : str
        Unique within the region; also what breaks ties, so that the same region always gives the same map.
    lat, lng : float
        Degrees, of its town hall or its middle. -90 to 90 and -180 to 180.
    """

    id: str
    lat: float
    lng: float


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a tile stands: column and row from the upper left, from 0.

    Places that lie far from all others (islands) stand in a strip of their own below the map: `apart` is true, and
    `row` counts within the strip.
    """

    column: int
    row: int
    apart: bool = False


@dataclass(frozen=True)
class TileMap:
    """A layout: one cell a place.

    Parameters
    ----------
    cells : dict of str to Cell
        By the place's id, in the order of ids.
    """

    cells: dict[str, Cell]

    @cached_property
    def columns(self) -> int:
        """Columns that the map and its strip need together."""
        return 1 + max((cell.column for cell in self.cells.values()), default=-1)

    @cached_property
    def rows(self) -> int:
        """Rows of the map itself."""
        return 1 + max((cell.row for cell in self.cells.values() if not cell.apart), default=-1)

    @cached_property
    def strip_rows(self) -> int:
        """Rows of the strip below; 0 where no place lies apart."""
        return 1 + max((cell.row for cell in self.cells.values() if cell.apart), default=-1)

    def text(self, labels: dict[str, str], *, width: int = 2) -> str:
        """The layout as lines of text, to look at in a terminal or a test."""
        at = {(cell.apart, cell.row, cell.column): labels.get(id_, id_) for id_, cell in self.cells.items()}
        blank = "　" * width

        def lines(rows: int, *, apart: bool) -> list[str]:
            return [
                " ".join(
                    at.get((apart, row, column), "")[:width].ljust(width, "　") or blank
                    for column in range(self.columns)
                )
                for row in range(rows)
            ]

        body = lines(self.rows, apart=False)
        strip = lines(self.strip_rows, apart=True)
        return "\n".join(line.rstrip(" 　") for line in [*body, *([""] if strip else []), *strip])
