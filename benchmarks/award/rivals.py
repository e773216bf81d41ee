"""The same model handed in one go to CP-SAT and to plain HiGHS, one thread each."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from kyodo.engines.award.solver.highs import minimise
from kyodo.engines.award.solver.model import Model, as_matrix
from kyodo.engines.patience import Patience


@dataclass(frozen=True)
class Run:
    """What one solver did.

    Parameters
    ----------
    solver, status : str
    value, bound : float
        Infinite where there is none.
    seconds : float
        CPU time.
    """

    solver: str
    status: str
    value: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        """Distance of value and bound, as a part of the value."""
        if not math.isfinite(self.value) or not math.isfinite(self.bound):
            return math.inf
        return abs(self.value - self.bound) / max(1.0, abs(self.value))


def plain_highs(model: Model, limit: float) -> Run:
    """HiGHS with its defaults, but for a gap below one yen."""
    began = time.process_time()
    outcome = minimise(as_matrix(model), Patience(limit))
    return Run("HiGHS", outcome.status, outcome.objective, outcome.bound, time.process_time() - began)


def cp_sat(model: Model, limit: float) -> Run:
    """CP-SAT; quantities are whole columns for it, as it knows no others."""
    began = time.process_time()
    program: Any = cp_model.CpModel()
    largest = sum(abs(cost) * min(upper, 10**9) for cost, upper in zip(model.cost, model.upper, strict=True))
    columns = [program.new_int_var(0, int(min(upper, largest)), "") for upper in model.upper]
    for row in model.rows:
        terms = sum(value * columns[column] for column, value in zip(row.columns, row.coefficients, strict=True))
        low = None if row.low == -math.inf else round(row.low)
        high = None if row.high == math.inf else round(row.high)
        if low is not None and low == high:
            program.add(terms == low)
        elif low is not None:
            program.add(terms >= low)
        elif high is not None:
            program.add(terms <= high)
    program.minimize(sum(cost * column for cost, column in zip(model.cost, columns, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = limit
    status = solver.solve(program)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    name = {cp_model.OPTIMAL: "optimal", cp_model.INFEASIBLE: "infeasible"}.get(status, "stopped")
    value = solver.objective_value if found else math.inf
    return Run("CP-SAT", name, value, solver.best_objective_bound, time.process_time() - began)
