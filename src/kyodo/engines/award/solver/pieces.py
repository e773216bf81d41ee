"""Splits a programme into pieces that have nothing to do with each other, and solves each by itself.

Without rules across lots, items are linked by packages and capacities only. Twenty small programmes are solved in a
fraction of the time of their union: branch and bound pays for the product of their trees, this for the sum.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from kyodo.engines.award.solver.highs import TOLERANCE, Options, Outcome, minimise
from kyodo.engines.award.solver.model import Floats, Matrix
from kyodo.engines.patience import Patience


def minimise_by_pieces(
    matrix: Matrix,
    patience: Patience,
    *,
    start: Floats | None = None,
    gap: float = 0.99,
    nodes: int | None = None,
    options: Options | None = None,
) -> Outcome:
    """As `minimise`, piece by piece; the gap is that of the whole.

    Parameters
    ----------
    matrix, patience, start, gap, nodes, options
        As for `highs.minimise`.

    Returns
    -------
    Outcome
        Values, objective and bound of the whole; `infeasible` as soon as one piece is.
    """
    fixed = matrix.lower == matrix.upper
    count, label = _pieces(matrix, fixed)
    if count <= 1:
        return minimise(matrix, patience, start=start, gap=gap, nodes=nodes, options=options)
    values = matrix.lower.copy()
    if settled_rows_fail(matrix, fixed, values):
        return Outcome("infeasible", None, np.inf, np.inf)
    objective = bound = float(matrix.cost[fixed] @ matrix.lower[fixed])
    status = "optimal"
    complete = True
    for piece in np.argsort(np.bincount(label[~fixed], minlength=count)):
        columns = np.flatnonzero((label == piece) & ~fixed)
        if not len(columns):
            continue
        part = restrict(matrix, columns, values)
        if not len(part.low):  # no rule at all: each column goes where it is cheapest
            values[columns] = np.where(part.cost < 0, part.upper, part.lower)
            objective += float(part.cost @ values[columns])
            bound += float(part.cost @ values[columns])
            continue
        given = None if start is None else start[columns]
        outcome = minimise(part, patience, start=given, gap=gap / count, nodes=nodes, options=options)
        if outcome.status == "infeasible":
            return outcome
        if outcome.status == "stopped":
            status = "stopped"
        if outcome.values is None:
            complete = False
        else:
            values[columns] = outcome.values
        objective += outcome.objective
        bound += outcome.bound
    return Outcome(status, values if complete else None, objective if complete else np.inf, bound)


def settled_rows_fail(matrix: Matrix, fixed: NDArray[np.bool_], values: Floats) -> bool:
    """Whether a row all of whose columns are fixed does not hold."""
    row_of = np.repeat(np.arange(len(matrix.low)), np.diff(matrix.start))
    reached = np.zeros(len(matrix.low))
    np.add.at(reached, row_of, matrix.value * values[matrix.index])
    open_ = np.zeros(len(matrix.low), dtype=bool)
    open_[row_of[~fixed[matrix.index]]] = True
    missed = (reached < matrix.low - TOLERANCE) | (reached > matrix.high + TOLERANCE)
    return bool(np.any(missed & ~open_))


def _pieces(matrix: Matrix, fixed: NDArray[np.bool_]) -> tuple[int, NDArray[np.int32]]:
    """Number of pieces, and the piece of each column; fixed columns link nothing."""
    rows, columns = len(matrix.low), len(matrix.cost)
    row_of = np.repeat(np.arange(rows), np.diff(matrix.start))
    free = ~fixed[matrix.index]
    links = csr_matrix(
        (np.ones(int(free.sum()), dtype=np.int8), (row_of[free], matrix.index[free] + rows)),
        shape=(rows + columns, rows + columns),
    )
    _count, label = connected_components(links, directed=False)
    own, renumbered = np.unique(label[rows:][~fixed], return_inverse=True)
    found = np.full(columns, -1, dtype=np.int32)
    found[~fixed] = renumbered
    return len(own), found


def restrict(matrix: Matrix, columns: NDArray[np.intp], values: Floats) -> Matrix:
    """The programme of some columns, all others standing at `values`; rows without any of them are left out."""
    place = np.full(len(matrix.cost), -1, dtype=np.int64)
    place[columns] = np.arange(len(columns))
    row_of = np.repeat(np.arange(len(matrix.low)), np.diff(matrix.start))
    inside = place[matrix.index] >= 0
    kept = np.unique(row_of[inside])
    moved = np.zeros(len(matrix.low))
    np.add.at(moved, row_of[~inside], matrix.value[~inside] * values[matrix.index[~inside]])
    row_place = np.full(len(matrix.low), -1, dtype=np.int64)
    row_place[kept] = np.arange(len(kept))
    lengths = np.bincount(row_place[row_of[inside]], minlength=len(kept))
    start = np.zeros(len(kept) + 1, dtype=np.int32)
    np.cumsum(lengths, out=start[1:])
    return Matrix(
        cost=matrix.cost[columns],
        lower=matrix.lower[columns],
        upper=matrix.upper[columns],
        whole=matrix.whole[columns],
        start=start,
        index=place[matrix.index[inside]].astype(np.int32),
        value=matrix.value[inside],
        low=matrix.low[kept] - moved[kept],
        high=matrix.high[kept] - moved[kept],
    )


def fix(matrix: Matrix, columns: NDArray[np.intp], values: Floats) -> Matrix:
    """The same programme with some columns fixed."""
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    lower[columns] = values
    upper[columns] = values
    return Matrix(
        matrix.cost, lower, upper, matrix.whole, matrix.start, matrix.index, matrix.value, matrix.low, matrix.high
    )
