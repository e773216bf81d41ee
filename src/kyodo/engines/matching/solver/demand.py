"""The requests' side of the problem: what stays unmet costs, and the bound that any prices of requests give.

With prices of the requests the plan falls apart: each specialist takes the most profitable programme, each body
decides which of its requests to leave unmet. The sum of the parts is a bound on every plan, whatever the prices are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.cost import objective_of
from kyodo.engines.matching.solver.options import Options

Floats = NDArray[np.float64]
ROUNDING = 1e-5  # of a bound in floats, relative to its size one part in a million million is lost


class Demand:
    """Requests that could be served and are not fixed.

    Parameters
    ----------
    open : ndarray of int
        Their numbers.
    unmet : ndarray of float, shape (requests,)
        Points when one is not served; 0 for those that are not open.
    bodies : list of (municipality, tuple of open requests)
        Those whose first engagement is still to be decided.
    base : int
        Points that no decision changes.

    `bonus` adds points to what it costs to leave a request unmet.
    """

    def __init__(self, options: Options, bonus: Mapping[int, int] | None = None) -> None:
        problem = options.problem
        self.problem = problem
        self.open = np.unique(options.request)
        is_open = set(self.open.tolist())
        self.unmet = np.zeros(len(problem.requests))
        for request in is_open:
            self.unmet[request] = problem.unmet_cost(request) + (bonus or {}).get(request, 0)
        self.bodies = [
            (body, tuple(request for request in own if request in is_open))
            for body, own in problem.asked.items()
            if not any(request in options.fixed for request in own) and any(request in is_open for request in own)
        ]
        self.uncovered = np.array([problem.uncovered_cost(body) for body, _own in self.bodies], dtype=np.float64)
        self.body_of = np.full(len(problem.requests), -1)
        for number, (_body, own) in enumerate(self.bodies):
            self.body_of[list(own)] = number
        fixed = tuple(options.fixed.values())
        left = sum(problem.unmet_cost(request) for request in is_open)
        self.base = objective_of(problem, fixed) - left - int(self.uncovered.sum())

    def left_unmet(self, prices: Floats) -> tuple[float, NDArray[np.bool_]]:
        """What the municipalities pay at these prices, and which open requests they leave unmet."""
        loss = self.unmet[self.open] - prices[self.open]
        leave = loss < 0
        body = self.body_of[self.open]
        inside = body >= 0
        dearest = np.full(len(self.bodies) + 1, -np.inf)
        np.maximum.at(dearest, body[inside], loss[inside])
        total = float(loss[leave].sum())
        nothing = np.flatnonzero(dearest[:-1] < 0)
        keep = -dearest[nothing] < self.uncovered[nothing]
        total += float(np.minimum(-dearest[nothing], self.uncovered[nothing]).sum())
        for number in nothing[keep].tolist():
            leave[(body == number) & (loss == dearest[number])] = False
        return total, leave

    def bound(self, prices: Floats, profit: float) -> float:
        """No plan costs less; `profit` is the sum over the specialists of what their best programme brings."""
        return self.base + float(prices[self.open].sum()) + self.left_unmet(prices)[0] - profit

    def cost(self, programmes: Iterable[tuple[int, Iterable[int]]]) -> int:
        """Points of a choice of programmes, each given by its points and its requests."""
        served = np.zeros(len(self.unmet), dtype=bool)
        total = self.base
        for points, requests in programmes:
            total += points
            served[list(requests)] = True
        covered = np.zeros(len(self.bodies) + 1, dtype=bool)
        covered[self.body_of[served]] = True
        return total + int(self.unmet[~served].sum()) + int(self.uncovered[~covered[:-1]].sum())


def whole_bound(bound: float) -> int:
    """The least whole number of points that a bound in floats allows."""
    return ceil(bound - ROUNDING - 1e-12 * abs(bound))
