"""The pull between neighbours, and the moves that lessen it.

A neighbour should be one step away in its true direction. The pull of a pair is the squared distance between where the
neighbour's tile is and where it should be, and more where the two have lost their order along the compass axis on which
they lie further apart; the pull of a layout is the sum over its pairs.
"""

from __future__ import annotations

import numpy as np

from kyodo.engines.tilemap.geography import Floats, Ints

# How far a tile looks for a better cell, and how often all of them do.
REACH = 3
ROUNDS = 40
ROUNDS_LARGE = 4
LARGE = 300
ENOUGH = 1e-9
# What a lost order costs: as much as a tile that stands one step off.
LOST_ORDER = 1.0


def directions(xy: Floats, pairs: Ints) -> Floats:
    """The step that each pair should take on the grid: length 1 to the side, a corner for a slanting one."""
    ground = xy[pairs[:, 1]] - xy[pairs[:, 0]]
    longest = np.abs(ground).max(axis=1, keepdims=True)
    return np.asarray(ground / longest)


def total_pull(xy: Floats, cells: Ints, pairs: Ints) -> float:
    """The pull of a layout; each pair once.

    Parameters
    ----------
    xy : ndarray of float, shape (places, 2)
    cells : ndarray of int, shape (places, 2)
    pairs : ndarray of int, shape (pairs, 2)
    """
    if not len(pairs):
        return 0.0
    wanted = directions(xy, pairs)
    steps = cells[pairs[:, 1]] - cells[pairs[:, 0]]
    main = np.argmax(np.abs(wanted), axis=1)
    chosen = np.arange(len(pairs))
    lost = steps[chosen, main] * wanted[chosen, main] <= 0
    return float(np.sum((steps - wanted) ** 2) + LOST_ORDER * np.sum(lost))


class _Board:
    """Tiles on their spots, and what pulls at each of them."""

    def __init__(self, xy: Floats, cells: Ints, pairs: Ints) -> None:
        self.near: list[list[tuple[int, float, float]]] = [[] for _ in range(len(cells))]
        for (one, other), (east, south) in zip(pairs.tolist(), directions(xy, pairs).tolist(), strict=True):
            self.near[one].append((other, east, south))
            self.near[other].append((one, -east, -south))
        self.spots: list[tuple[int, int]] = [(column, row) for column, row in cells.tolist()]
        self.holder = {spot: index for index, spot in enumerate(self.spots)}

    def pull(self, index: int, column: int, row: int) -> float:
        """The pull at a tile if it stood there."""
        total = 0.0
        for other, east, south in self.near[index]:
            at = self.spots[other]
            right, down = at[0] - column, at[1] - row
            total += (right - east) ** 2 + (down - south) ** 2
            # The longer side of a direction is exactly 1 or -1.
            if (right * east if east in (1.0, -1.0) else down * south) <= 0:
                total += LOST_ORDER
        return total

    def gain(self, index: int, target: tuple[int, int]) -> float:
        """How much less pull there is when `index` moves to `target`, changing places with whoever is there."""
        here, other = self.spots[index], self.holder.get(target)
        if other is None:
            return self.pull(index, *here) - self.pull(index, *target)
        before = self.pull(index, *here) + self.pull(other, *target)
        self.spots[index], self.spots[other] = target, here
        after = self.pull(index, *target) + self.pull(other, *here)
        self.spots[index], self.spots[other] = here, target
        return before - after

    def move(self, index: int, target: tuple[int, int]) -> None:
        """Move a tile, changing places with whoever is there."""
        here, other = self.spots[index], self.holder.pop(target, None)
        del self.holder[here]
        self.spots[index] = target
        self.holder[target] = index
        if other is not None:
            self.spots[other] = here
            self.holder[here] = other


def relax(xy: Floats, cells: Ints, pairs: Ints, within: tuple[int, int]) -> Ints:
    """Move and swap tiles until no single move lessens the pull.

    Parameters
    ----------
    within : tuple of int
        Columns and rows of the grid, which no tile leaves: else single tiles stick out and the picture shrinks.

    Returns
    -------
    ndarray of int, shape (places, 2)
    """
    board, count = _Board(xy, cells, pairs), len(cells)
    around = [(x, y) for y in range(-REACH, REACH + 1) for x in range(-REACH, REACH + 1) if (x, y) != (0, 0)]
    for _round in range(ROUNDS_LARGE if count > LARGE else ROUNDS):
        moved = False
        for index in range(count):
            column, row = board.spots[index]
            gains = [
                (board.gain(index, (column + x, row + y)), x, y)
                for x, y in around
                if 0 <= column + x < within[0] and 0 <= row + y < within[1]
            ]
            best, x, y = max(gains, key=lambda one: one[0], default=(0.0, 0, 0))
            if best > ENOUGH:
                board.move(index, (column + x, row + y))
                moved = True
        if not moved:
            break
    return np.array(board.spots, dtype=np.int64).reshape(-1, 2)
