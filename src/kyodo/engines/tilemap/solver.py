"""Makes a layout: spread the places, assign them to cells, then let neighbours pull each other into line.

1. Islands are set apart (`geography.apart`) and stand in a strip below.
2. The rest is laid on grids of a few sizes near the real aspect ratio. On each, a place's wanted spot lies between its
   true position and its rank, which spreads a crowded city over the room that a thinly settled country leaves; the
   linear assignment problem (Kuhn 1955; solved by scipy after Crouse 2016) gives each place one cell at the least sum
   of squared distances.
3. From each of these, tiles are moved or swapped as long as the pull between neighbours falls: each neighbour
   should be one step away in its true direction. It stops at a layout that no single move betters.
4. Of these layouts the one with the least pull is taken, with a price on open sides and holes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from kyodo.engines.tilemap import geography
from kyodo.engines.tilemap.geography import Floats, Ints
from kyodo.engines.tilemap.layout import Cell, Place, TileMap
from kyodo.engines.tilemap.pull import relax, total_pull

# Cells a place: a little air lets the outline follow the region's shape.
ROOMS = (1.1, 1.2, 1.3, 1.4, 1.5)
# How far a wanted spot goes from the true position (0) to the rank (1).
SPREADS = (0.3, 0.55, 0.8)
WIDEST = 4.0
# What an open side of a tile and a hole cost beside the pull: of layouts equally true the compact one is taken.
OPEN_SIDE = 0.75
HOLE = 1.5
# Past this many places one assignment takes seconds: one grid then.
LARGE = 300


def lay_out(places: Sequence[Place], *, apart: frozenset[str] | None = None) -> TileMap:
    """Give each place a cell of its own.

    Parameters
    ----------
    places : sequence of Place
        In any order; ids are unique.
    apart : frozenset of str, optional
        Ids of the places for the strip below, where the region knows better than the distances.

    Returns
    -------
    TileMap
        The same for the same places, whatever their order and wherever along the globe they lie.

    Raises
    ------
    ValueError
        When an id occurs twice or a coordinate is not a number on the globe.
    """
    ordered = sorted(places, key=lambda place: place.id)
    _check(ordered)
    if not ordered:
        return TileMap({})
    xy = geography.flatten(ordered)
    is_apart = geography.apart(xy) if apart is None else np.array([place.id in apart for place in ordered])
    if is_apart.all():
        is_apart[:] = False
    body = np.flatnonzero(~is_apart)
    # The islands' own distance must not squeeze the map: it is drawn about its own middle.
    cells = _assign(geography.flatten([ordered[index] for index in body]))
    found = {ordered[index].id: Cell(int(cell[0]), int(cell[1])) for index, cell in zip(body, cells, strict=True)}
    width = int(cells[:, 0].max()) + 1
    for position, index in enumerate(_strip_order(xy, np.flatnonzero(is_apart))):
        found[ordered[index].id] = Cell(position % width, position // width, apart=True)
    return TileMap({place.id: found[place.id] for place in ordered})


def _check(places: Sequence[Place]) -> None:
    ids = [place.id for place in places]
    if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}) if len(set(ids)) < len(ids) else []:
        raise ValueError(f"places occur more than once: {', '.join(twice)}")
    wrong = [place.id for place in places if not (-90 <= place.lat <= 90 and -180 <= place.lng <= 180)]
    if wrong:
        raise ValueError(f"places are not on the globe: {', '.join(wrong)}")


def _strip_order(xy: Floats, indices: Ints) -> Ints:
    """North to south where the islands stretch that way, else west to east."""
    if not len(indices):
        return indices
    ground = xy[indices]
    along = 1 if np.ptp(ground[:, 1]) >= np.ptp(ground[:, 0]) else 0
    return indices[np.lexsort((ground[:, 1 - along], ground[:, along]))]


def _assign(xy: Floats) -> Ints:
    pairs = geography.neighbour_pairs(xy)
    layouts = []
    for columns, rows, spread in _grids(xy):
        first = _least_distance(_wanted(xy, columns, rows, spread), columns, rows)
        layouts.append(_squeezed(relax(xy, first, pairs, (columns, rows))))
    return min(layouts, key=lambda cells: total_pull(xy, cells, pairs) + _raggedness(cells))


def _raggedness(cells: Ints) -> float:
    taken = {(column, row) for column, row in cells.tolist()}
    free = Counter(spot for column, row in taken for spot in _sides(column, row) if spot not in taken)
    return OPEN_SIDE * free.total() + HOLE * sum(sides >= 3 for sides in free.values())


def _sides(column: int, row: int) -> tuple[tuple[int, int], ...]:
    return ((column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1))


def _grids(xy: Floats) -> Iterator[tuple[int, int, float]]:
    count = len(xy)
    wide, high = np.maximum(np.ptp(xy, axis=0), 1e-6)
    aspect = float(np.clip(wide / high, 1 / WIDEST, WIDEST))
    sizes: list[tuple[int, int]] = []
    for room, extra in product(ROOMS[1:2] if count > LARGE else ROOMS, (0,) if count > LARGE else (0, 1)):
        rows = max(1, round((count * room / aspect) ** 0.5)) + extra
        size = (max(1, -(-int(np.ceil(count * room)) // rows)), rows)
        if size not in sizes:
            sizes.append(size)
    for (columns, rows), spread in product(sizes, SPREADS[1:2] if count > LARGE else SPREADS):
        yield columns, rows, spread


def _wanted(xy: Floats, columns: int, rows: int, spread: float) -> Floats:
    """Each place's wanted spot, in cells."""
    count = len(xy)
    span = np.maximum(np.ptp(xy, axis=0), 1e-6)
    true = (xy - xy.min(axis=0)) / span
    rank = np.empty_like(true)
    for axis in (0, 1):
        rank[np.lexsort((xy[:, 1 - axis], xy[:, axis])), axis] = (np.arange(count) + 0.5) / count
    size = np.array([columns - 1, rows - 1])
    return np.asarray(((1 - spread) * true + spread * rank) * size)


def _least_distance(wanted: Floats, columns: int, rows: int) -> Ints:
    grid = np.array([(column, row) for row in range(rows) for column in range(columns)], dtype=np.int64)
    _places, chosen = linear_sum_assignment(cdist(wanted, grid, "sqeuclidean"))
    return grid[chosen]


def _squeezed(cells: Ints) -> Ints:
    """Without empty columns and rows at the left and top, and none within: a hole right across says nothing."""
    squeezed = np.empty_like(cells)
    for axis in (0, 1):
        _values, squeezed[:, axis] = np.unique(cells[:, axis], return_inverse=True)
    return squeezed
