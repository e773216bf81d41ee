"""Changes that people make to a layout by hand, kept apart from it so that they outlive its renewal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kyodo.engines.tilemap.layout import Cell, TileMap


class ConflictCode(StrEnum):
    """Why a change by hand was left out."""

    UNKNOWN_PLACE = "unknown-place"
    OFF_THE_MAP = "off-the-map"
    SAME_CELL = "same-cell"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that was left out, and with which others it collides."""

    code: ConflictCode
    place: str
    with_places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The layout after the changes, and the changes that could not be made."""

    layout: TileMap
    conflicts: tuple[Conflict, ...]


def adjust(layout: TileMap, changes: Mapping[str, Cell]) -> Adjusted:
    """Put places where people want them.

    Parameters
    ----------
    layout : TileMap
        As `lay_out` made it.
    changes : mapping of str to Cell
        Wanted cell by place id.

    Returns
    -------
    Adjusted
        Whoever stood in a wanted cell takes the cell that became free. Two changes for one cell are both left out,
        since neither has a better claim.
    """
    conflicts: list[Conflict] = []
    wanted = Counter(changes.values())
    good: dict[str, Cell] = {}
    for place, cell in sorted(changes.items()):
        rivals = tuple(other for other in sorted(changes) if other != place and changes[other] == cell)
        if place not in layout.cells:
            conflicts.append(Conflict(ConflictCode.UNKNOWN_PLACE, place))
        elif cell.column < 0 or cell.row < 0:
            conflicts.append(Conflict(ConflictCode.OFF_THE_MAP, place))
        elif wanted[cell] > 1:
            conflicts.append(Conflict(ConflictCode.SAME_CELL, place, rivals))
        else:
            good[place] = cell
    cells = dict(layout.cells)
    for place, cell in good.items():
        holder = next((other for other, held in cells.items() if held == cell and other != place), None)
        if holder is not None:
            cells[holder] = cells[place]
        cells[place] = cell
    return Adjusted(TileMap(cells), tuple(conflicts))
