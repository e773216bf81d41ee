"""Solves a large programme among the columns that can matter, by guessing how good the best solution is.

The relaxation gives every column a reduced cost: what taking it costs at least. If the best solution lies within some
distance of the relaxation, no column whose reduced cost is above that distance is part of it (reduced-cost fixing), and
rows may be added that hold for solutions as good as that. So the distance is guessed: if the narrowed programme has a
solution within the guess, the best of them is the best of all; if not, the next guess is wider.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, inf

import numpy as np

from kyodo.engines.award.solver.highs import Options, Outcome, Relaxed, relax
from kyodo.engines.award.solver.model import Floats, Matrix
from kyodo.engines.award.solver.pieces import fix, minimise_by_pieces
from kyodo.engines.patience import Patience

FIRST = 0.08  # the first guess, as a part of what one column that is taken costs on average: a few are torn at most
WIDER = 10  # times as far, when nothing was within the guess
WIDEST = 0.1  # past this little is left out, and the whole programme is solved
GUESS_NODES = 300  # for a guess; what it has found by then makes a better one
# What this heuristic of HiGHS does, to search among the columns of low reduced cost, has been done here already.
OPTIONS: Options = {"mip_heuristic_run_root_reduced_cost": False}
SAFETY = 1e-6  # of the optimum: reduced costs come in floats

Within = Callable[[float], Matrix]


def minimise_narrowed(
    matrix: Matrix,
    patience: Patience,
    *,
    start: Floats | None = None,
    most: float = inf,
    within: Within | None = None,
    options: Options = OPTIONS,
) -> Outcome:
    """As `minimise_by_pieces`, among the columns that can matter.

    Parameters
    ----------
    matrix, patience, start, options
        As for `highs.minimise`; only 0/1 columns are ever left out.
    most : float
        Solutions above this are of no interest.
    within : callable, optional
        Value → the same columns, with rows that hold for every solution of at most that value.

    Returns
    -------
    Outcome
        Bound and status are those of the whole programme.
    """
    relaxed = relax(matrix, patience)
    if not relaxed.feasible:
        return minimise_by_pieces(matrix, patience, start=start, options=options)
    guesses = _Guesses(matrix, relaxed, within, options, most)
    if start is not None:
        guesses.keep(start, float(matrix.cost @ start))
    reach = max(1.0, FIRST * abs(relaxed.objective) / max(1.0, float(relaxed.values[guesses.binary].sum())))
    while True:
        far = reach > WIDEST * abs(relaxed.objective) + 1
        if far and guesses.known == inf:
            return minimise_by_pieces(matrix, patience, options=options)
        target = guesses.known if far else min(ceil(relaxed.objective + reach), guesses.known)
        last = target == guesses.known  # nothing above is wanted: no wider guess will follow
        outcome = guesses.solve(target, patience, nodes=None if last else GUESS_NODES)
        settled = outcome.status == "optimal" and guesses.known <= target
        if last or settled or patience.over:
            return guesses.outcome(outcome.status if last or settled else "stopped")
        reach *= WIDER


class _Guesses:
    """What the guesses so far have brought."""

    def __init__(self, matrix: Matrix, relaxed: Relaxed, within: Within | None, options: Options, most: float) -> None:
        self.matrix = matrix
        self.relaxed = relaxed
        self.within = within
        self.options = options
        self.binary = matrix.whole & (matrix.upper == 1) & (matrix.lower == 0)
        self.best: Floats | None = None
        self.known = most  # what is wanted at most, then the value of the best
        self.bound = relaxed.objective

    def keep(self, values: Floats, objective: float) -> None:
        """Take a solution unless a better one is known, or none as dear as this is wanted."""
        if objective <= self.known:
            self.best, self.known = values, objective

    def solve(self, target: float, patience: Patience, *, nodes: int | None) -> Outcome:
        """Look for solutions of at most `target`; those that are found above it are kept too."""
        reach = target - self.relaxed.objective + SAFETY * abs(self.relaxed.objective)
        out = np.flatnonzero(self.binary & (self.relaxed.reduced > reach))
        programme = self.matrix if self.within is None else self.within(target)
        narrowed = fix(programme, out, np.zeros(len(out)))
        start = self.best if self.known <= target else None
        outcome = minimise_by_pieces(narrowed, patience, start=start, nodes=nodes, options=self.options)
        if outcome.values is not None:
            self.keep(outcome.values, outcome.objective)
        self.bound = max(self.bound, min(outcome.bound, target))
        return outcome

    def outcome(self, status: str) -> Outcome:
        """What is known about the whole programme."""
        if self.best is None:  # the best of the narrowed programme, if there is one, is dearer than wanted
            return Outcome("infeasible" if status == "optimal" else status, None, inf, self.bound)
        return Outcome("optimal" if status == "infeasible" else status, self.best, self.known, self.bound)
