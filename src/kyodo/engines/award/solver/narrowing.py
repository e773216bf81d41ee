"""Solves a wide programme by its promising columns first, and proves that the others could not have helped.

The relaxation gives every column a reduced cost: what taking it costs at least. A search among the columns that cost
little gives a good solution soon; every column whose reduced cost is above the distance from the relaxation to that
solution can't be part of a better one (reduced-cost fixing). With `"*"` offers, most columns go this way.
"""

from __future__ import annotations

import numpy as np

from kyodo.engines.award.solver.highs import Outcome, relax
from kyodo.engines.award.solver.model import Floats, Matrix
from kyodo.engines.award.solver.patience import Patience
from kyodo.engines.award.solver.pieces import fix, minimise_by_pieces

WIDE = 4_000  # 0/1 columns from which narrowing pays: below, the solver's own presolve is as fast
FIRST = 2e-4  # reduced cost of the first columns, as a part of the relaxation's optimum
FIRST_NODES = 300
SAFETY = 1e-6  # of the optimum: reduced costs come in floats


def minimise_narrowed(matrix: Matrix, patience: Patience, *, start: Floats | None = None) -> Outcome:
    """As `minimise_by_pieces`, with the columns that can't help fixed at 0 on the way.

    Parameters
    ----------
    matrix, patience, start
        As for `highs.minimise`; only 0/1 columns are ever fixed.

    Returns
    -------
    Outcome
        Bound and status are those of the whole programme.
    """
    binary = matrix.whole & (matrix.upper == 1) & (matrix.lower == 0)
    if binary.sum() < WIDE or patience.over:
        return minimise_by_pieces(matrix, patience, start=start)
    relaxed = relax(matrix, patience)
    if not relaxed.feasible:
        return minimise_by_pieces(matrix, patience, start=start)
    safety = SAFETY * abs(relaxed.objective)
    reach = FIRST * abs(relaxed.objective)
    first = minimise_by_pieces(_within(matrix, binary, relaxed.reduced, reach), patience, nodes=FIRST_NODES)
    best = first if first.values is not None else None
    if best is None and start is not None:
        best = Outcome("stopped", start, float(matrix.cost @ start), -np.inf)
    if best is None:
        return minimise_by_pieces(matrix, patience)
    distance = best.objective - relaxed.objective + safety
    if first.status == "optimal" and distance <= reach:
        return best
    rest = minimise_by_pieces(
        _within(matrix, binary, relaxed.reduced, distance), patience, start=_better(matrix, start, best.values)
    )
    if rest.status == "infeasible":  # nothing within reach beats what is known
        return Outcome("optimal", best.values, best.objective, best.objective)
    if rest.values is None:
        return Outcome(rest.status, best.values, best.objective, max(rest.bound, relaxed.objective))
    return rest


def _within(matrix: Matrix, binary: np.ndarray, reduced: Floats, reach: float) -> Matrix:
    out = np.flatnonzero(binary & (reduced > reach))
    return fix(matrix, out, np.zeros(len(out)))


def _better(matrix: Matrix, start: Floats | None, found: Floats | None) -> Floats | None:
    if start is None or found is None:
        return found if start is None else start
    return start if float(matrix.cost @ start) < float(matrix.cost @ found) else found
