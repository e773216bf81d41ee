"""How true a layout is to the ground: the figures by which a layout is chosen, and by which it may be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kyodo.engines.tilemap.geography import Floats, Ints, flatten, neighbour_pairs
from kyodo.engines.tilemap.layout import Place, TileMap


@dataclass(frozen=True, slots=True)
class Quality:
    """Three figures about the map itself; places apart are left out.

    Parameters
    ----------
    compass : float
        Share of neighbour pairs that keep their order along the compass axis (north–south or east–west) on which they
        lie further apart. 1 is perfect.
    touching : float
        Share of neighbour pairs whose tiles touch, corners included.
    filled : float
        Share of the rectangle around the map that holds a tile.
    """

    compass: float
    touching: float
    filled: float


def measure(places: Sequence[Place], layout: TileMap) -> Quality:
    """Measure a layout, whoever made it.

    Parameters
    ----------
    places : sequence of Place
    layout : TileMap
        Has a cell for each of them.
    """
    kept = [place for place in places if not layout.cells[place.id].apart]
    if not kept:
        return Quality(compass=1.0, touching=1.0, filled=1.0)
    xy = flatten(kept)
    cells = np.array([(layout.cells[place.id].column, layout.cells[place.id].row) for place in kept])
    return measure_cells(xy, cells, neighbour_pairs(xy))


def measure_cells(xy: Floats, cells: Ints, pairs: Ints) -> Quality:
    """The same for arrays.

    Parameters
    ----------
    xy : ndarray of float, shape (places, 2)
        East and south, km.
    cells : ndarray of int, shape (places, 2)
        Column and row.
    pairs : ndarray of int, shape (pairs, 2)
    """
    span = np.ptp(cells, axis=0) + 1
    filled = len(cells) / float(span[0] * span[1])
    if not len(pairs):
        return Quality(compass=1.0, touching=1.0, filled=filled)
    ground = xy[pairs[:, 1]] - xy[pairs[:, 0]]
    grid = cells[pairs[:, 1]] - cells[pairs[:, 0]]
    axis = np.argmax(np.abs(ground), axis=1)
    chosen = np.arange(len(pairs))
    compass = float(np.mean(np.sign(ground[chosen, axis]) == np.sign(grid[chosen, axis])))
    touching = float(np.mean(np.abs(grid).max(axis=1) <= 1))
    return Quality(compass=compass, touching=touching, filled=filled)
