"""Minimises one goal over a formulation and says how far that is proven, in exact integers.

What HiGHS returns is only a proposal: it is read back, priced again and checked. A proposal that breaks a rule by a
rounding is either put right with whole quantities, or forbidden and the search goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import ceil, gcd, inf

import numpy as np

from kyodo.engines.award.problem import Award
from kyodo.engines.award.solver.formulation import Formulation, forbid, formulate, needs_whole
from kyodo.engines.award.solver.highs import LEAN, Outcome
from kyodo.engines.award.solver.model import Floats, Matrix, Model, as_matrix
from kyodo.engines.award.solver.narrowing import Within, minimise_narrowed
from kyodo.engines.award.solver.pieces import fix, minimise_by_pieces
from kyodo.engines.award.solver.rules import add_share_ceilings
from kyodo.engines.award.solver.single import SingleSource
from kyodo.engines.award.verify import verify
from kyodo.engines.patience import Patience

MOST_FORBIDDEN = 40  # proposals that break a rule by a rounding before the search gives up its proof
REPAIR_SECONDS = 20.0
WIDE, WIDE_WITH_SHARES = 4_000, 300  # 0/1 columns from which narrowing pays; below, HiGHS's own presolve is as fast

Value = int | Fraction


@dataclass(frozen=True, slots=True)
class Goal:
    """What is minimised.

    Parameters
    ----------
    cost : callable
        Formulation → integer cost of each column.
    exact : callable
        Award → its exact value, in the same unit as the costs.
    yen : bool
        Whether the value is the award's total.
    """

    cost: Callable[[Formulation], list[int]]
    exact: Callable[[Award], Value]
    yen: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """The best award found, and what is known about better ones.

    Parameters
    ----------
    status : str
        `optimal`, `feasible`, `infeasible`, `no_solution_found`.
    award : Award or None
    value : int, Fraction or None
        Exact value of the award.
    bound : float
        Nothing is below this; equal to the value when optimal.
    """

    status: str
    award: Award | None
    value: Value | None
    bound: float


AddRows = Callable[[Formulation, Model], None]


def no_rows(formulation: Formulation, model: Model) -> None:
    """Add nothing."""


def prove(
    formulation: Formulation,
    goal: Goal,
    patience: Patience,
    *,
    start: Award | None = None,
    most: float = inf,
    add_rows: AddRows = no_rows,
    proposal: Callable[[], Award | None] = lambda: None,
) -> Proof:
    """Minimise a goal.

    Parameters
    ----------
    formulation : Formulation
    goal : Goal
    patience : Patience
    start : Award, optional
        A valid award to begin with.
    most : float
        Awards above this value are of no interest.
    add_rows : callable, optional
        Adds further rows to a copy of the model.
    proposal : callable, optional
        Asked for an award when time is over before any was found.

    Returns
    -------
    Proof
    """
    search = _Search(formulation, goal, patience, add_rows, most)
    if start is not None:
        search.keep(start)
    search.run()
    if search.award is None and search.status != "infeasible":
        offered = proposal()
        if offered is not None:
            search.keep(offered)
    return search.proof()


class _Search:
    def __init__(
        self, formulation: Formulation, goal: Goal, patience: Patience, add_rows: AddRows, most: float
    ) -> None:
        self.formulation = formulation
        self.goal = goal
        self.patience = patience
        self.add_rows = add_rows
        self.most = most
        self.award: Award | None = None
        self.value: Value | None = None
        self.bound = -inf
        self.status = "stopped"
        self.unit = 1

    def keep(self, award: Award) -> bool:
        """Take an award if it is valid and better."""
        if verify(self.formulation.problem, award):
            return False
        value = self.goal.exact(award)
        if self.value is None or value < self.value:
            self.award, self.value = award, value
        return True

    def run(self) -> None:
        model, matrix = self._matrix(self.formulation)
        for _attempt in range(MOST_FORBIDDEN):
            outcome = self._minimise(model, matrix)
            self._learn(outcome)
            if outcome.values is None or self._proven():
                return
            award = self.formulation.award(outcome.values)
            if self.keep(award) or outcome.status == "stopped":
                break
            if needs_whole(self.formulation.problem):
                break
            forbid(self.formulation, model, award)
            matrix = self._scaled(model)
        if not self._proven() and needs_whole(self.formulation.problem) and outcome.values is not None:
            self._with_whole_quantities(outcome)

    def _minimise(self, model: Model, matrix: Matrix) -> Outcome:
        start = self._start(self.formulation)
        if not isinstance(self.formulation, SingleSource):
            lean = None if needs_whole(self.formulation.problem) else LEAN
            return minimise_by_pieces(matrix, self.patience, start=start, options=lean)
        limited = any(supplier.max_share is not None for supplier in self.formulation.problem.suppliers)
        if len(self.formulation.choices) < (WIDE_WITH_SHARES if limited else WIDE):
            return minimise_by_pieces(matrix, self.patience, start=start)
        within = self._with_ceilings(model) if limited and self.goal.yen else None
        return minimise_narrowed(matrix, self.patience, start=start, most=self.most / self.unit, within=within)

    def _with_ceilings(self, model: Model) -> Within:
        """Awards up to a total can't give anybody more than their share of that total."""

        def within(total: float) -> Matrix:
            limited = Model(model.cost, model.upper, model.whole, list(model.rows))
            yen = round(total) * self.unit
            add_share_ceilings(self.formulation.problem, limited, self.formulation.uses, yen)
            return self._scaled(limited)

        return within

    def _matrix(self, formulation: Formulation) -> tuple[Model, Matrix]:
        cost = self.goal.cost(formulation)
        self.unit = reduce(gcd, cost, 0) or 1
        kept = formulation.model
        model = Model(cost, kept.upper, kept.whole, list(kept.rows))
        self.add_rows(formulation, model)
        return model, self._scaled(model)

    def _scaled(self, model: Model) -> Matrix:
        matrix = as_matrix(model)
        matrix.cost[:] = [value // self.unit for value in model.cost]
        return matrix

    def _start(self, formulation: Formulation) -> Floats | None:
        return None if self.award is None else formulation.values(self.award)

    def _learn(self, outcome: Outcome) -> None:
        if outcome.status == "infeasible":
            self.status = "infeasible" if self.award is None else "optimal"
            self.bound = inf if self.award is None else float(self.value or 0)
        elif np.isfinite(outcome.bound):
            self.bound = max(self.bound, outcome.bound * self.unit)

    def _proven(self) -> bool:
        """Whether nothing that is a multiple of the unit lies below the value."""
        if self.status in ("infeasible", "optimal"):
            return True
        if self.value is not None and float(self.value) - self.bound < 0.999 * self.unit:
            self.status = "optimal"
        return self.status == "optimal"

    def _with_whole_quantities(self, outcome: Outcome) -> None:
        """Round with the same switches first, which is quick; only then search among whole quantities."""
        whole = formulate(self.formulation.problem, whole=True)
        _model, matrix = self._matrix(whole)
        if outcome.values is not None:
            switches = np.array([c for c in range(len(matrix.cost)) if self.formulation.model.whole[c]], dtype=np.intp)
            same = fix(matrix, switches, np.round(outcome.values[switches]))
            repaired = minimise_by_pieces(same, self.patience.at_most(REPAIR_SECONDS), gap=0.5)
            if repaired.values is not None:
                self.keep(whole.award(repaired.values))
        if self._proven() or self.patience.over:
            return
        outcome = minimise_by_pieces(matrix, self.patience, start=self._start(whole))
        self._learn(outcome)
        if outcome.values is not None:
            self.keep(whole.award(outcome.values))
        self._proven()

    def proof(self) -> Proof:
        """What came out of it."""
        if self._proven():
            bound = inf if self.value is None else float(self.value)
            return Proof(self.status, self.award, self.value, bound)
        if self.award is None:
            return Proof("no_solution_found", None, None, self.bound)
        return Proof("feasible", self.award, self.value, min(self.bound, float(self.value or 0)))


def yen_bound(bound: float) -> int | None:
    """A bound in floats as whole yen, rounded to the safe side."""
    return None if not np.isfinite(bound) else max(0, ceil(bound - 1e-9 * abs(bound) - 1e-3))
