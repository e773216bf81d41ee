"""The linear relaxation over programmes: prices of the requests from those programmes that are known so far."""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

from kyodo.engines.award.solver.highs import INFINITY, new_engine
from kyodo.engines.matching.solver.demand import Demand
from kyodo.engines.matching.solver.pool import Pool

Floats = NDArray[np.float64]


class Relaxation:
    """Rows: each open request served or unmet; each specialist one programme at most; each municipality covered or not.

    It grows by columns and is solved again from where it stood. Its objective is never used as a bound: the prices are
    put into `Demand.bound`, which holds for any prices.
    """

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self.people = len(demand.problem.specialists)
        self.row = {request: number for number, request in enumerate(demand.open.tolist())}
        self.columns = 0  # programmes it has
        self.engine = new_engine()
        self.engine.setOptionValue("output_flag", False)
        self.engine.setOptionValue("threads", 1)
        self._fill()

    def _fill(self) -> None:
        demand, requests, bodies = self.demand, len(self.row), len(self.demand.bodies)
        count = requests + bodies
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count, requests + self.people + bodies
        lp.col_cost_ = np.concatenate([demand.unmet[demand.open], demand.uncovered])
        lp.col_lower_, lp.col_upper_ = np.zeros(count), np.ones(count)
        asked = np.array([len(own) for _body, own in demand.bodies], dtype=np.float64)
        lp.row_lower_ = np.concatenate([np.ones(requests), np.full(self.people, -INFINITY), 1 - asked])
        lp.row_upper_ = np.concatenate([np.full(requests, INFINITY), np.ones(self.people), np.full(bodies, INFINITY)])
        index: list[int] = []
        value: list[float] = []
        start = [0]
        for request, number in self.row.items():
            index.append(number)
            value.append(1.0)
            body = int(demand.body_of[request])
            if body >= 0:
                index.append(requests + self.people + body)
                value.append(-1.0)
            start.append(len(index))
        for body in range(bodies):
            index.append(requests + self.people + body)
            value.append(1.0)
            start.append(len(index))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = count, lp.num_row_
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = start, index, value
        self.engine.passModel(lp)

    def learn(self, pool: Pool) -> None:
        """Add what the pool has learnt since it was asked last."""
        cost: list[float] = []
        start: list[int] = []
        index: list[int] = []
        for one in pool.learnt[self.columns :]:
            cost.append(float(one.cost))
            start.append(len(index))
            index += [self.row[request] for request in sorted(one.requests)]
            index.append(len(self.row) + one.person)
        if cost:
            size = len(cost)
            self.engine.addCols(
                size, np.array(cost), np.zeros(size), np.full(size, INFINITY), len(index),
                np.array(start, dtype=np.int32), np.array(index, dtype=np.int32), np.ones(len(index)),
            )  # fmt: skip
        self.columns += len(cost)

    def solve(self, seconds: float) -> tuple[Floats, float] | None:
        """Prices by request, and the objective; None where time ran out."""
        self.engine.setOptionValue("time_limit", self.engine.getRunTime() + max(0.01, seconds))
        self.engine.run()
        if self.engine.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        duals = np.array(self.engine.getSolution().row_dual)
        prices = np.zeros(len(self.demand.problem.requests))
        prices[self.demand.open] = np.maximum(0.0, duals[: len(self.row)])
        return prices, self.demand.base + float(self.engine.getInfo().objective_function_value)
