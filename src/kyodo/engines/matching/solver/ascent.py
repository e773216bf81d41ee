"""Prices for large problems: a first guess by the size of requests, then subgradient steps.

After M. Held, P. Wolfe, H. P. Crowder, *Validation of subgradient optimization*, Mathematical Programming 6, 1974, with
steps towards the points of the present plan, and directions that remember the last one (P. M. Camerini, L. Fratta,
F. Maffioli, *On improving relaxation methods by modified gradient techniques*, Mathematical Programming Study 3, 1975).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.solver.demand import Demand
from kyodo.engines.matching.solver.programmes import Bench, Programme
from kyodo.engines.patience import Patience

Floats = NDArray[np.float64]

SAMPLE = 60  # specialists by whom a first guess is judged
ROUGH = 400  # nodes for one specialist
MEMORY = 0.6  # of the last direction
PATIENT = 4  # steps without a better bound before they get shorter
SHORTEST = 0.02


def guessed(bench: Bench, demand: Demand, patience: Patience) -> Floats:
    """Prices of the form least points + a + b × half-days, as good as a sample of specialists can tell."""
    problem, options = demand.problem, bench.options
    least = np.full(len(problem.requests), np.inf)
    np.minimum.at(least, options.request, options.cost)
    size = np.array([one.half_days * one.weeks for one in problem.requests], dtype=np.float64)
    ceiling = demand.unmet.copy()
    inside = demand.body_of >= 0
    ceiling[inside] += demand.uncovered[demand.body_of[inside]]
    people = np.linspace(0, len(bench.tables) - 1, min(SAMPLE, len(bench.tables))).astype(int).tolist()
    scale = len(bench.tables) / len(people)

    def prices(a: float, b: float) -> Floats:
        found = np.zeros(len(problem.requests))
        found[demand.open] = np.minimum(ceiling, least + a + b * size)[demand.open]
        return found

    best, value = prices(0, 0), -np.inf
    for a in (0.0, 20.0, 60.0, 120.0, 200.0, 300.0):
        for b in (0.0, 2.0, 4.0, 7.0):
            if patience.over:
                return best
            tried = prices(a, b)
            profit = scale * sum(bench.best(person, tried, ROUGH).profit for person in people)
            bound = demand.bound(tried, profit)
            if bound > value:
                best, value = tried, bound
    return best


def ascend(
    demand: Demand,
    start: Floats,
    price: Callable[[Floats], tuple[list[Programme], float] | None],
    target: Callable[[], float],
    patience: Patience,
) -> None:
    """Subgradient steps until they are short or time is over; `price` gives programmes and bound, and keeps the best.

    Parameters
    ----------
    demand : Demand
    start : ndarray of float, shape (requests,)
    price : callable
        The best programme of each specialist at some prices, and the bound; None where time ran out.
    target : callable
        Points that the bound can't pass.
    patience : Patience
    """
    prices, best = start, start
    value, length, idle = -np.inf, 1.0, 0
    direction = np.zeros(len(start))
    while not patience.over and length > SHORTEST:
        found = price(prices)
        if found is None:
            return
        programmes, bound = found
        if bound > value:
            gain = bound - value
            best, value = prices, bound
            idle = 0 if gain > 1e-4 * abs(bound) else idle + 1
        else:
            idle += 1
        if idle >= PATIENT:
            idle, length = 0, length / 2
            prices = best
        slope = _slope(demand, prices, programmes)
        direction = slope + MEMORY * direction
        size = float(direction @ direction)
        if not size:
            return
        step = length * max(1.0, target() - bound) / size
        prices = np.maximum(0.0, prices + step * direction)


def _slope(demand: Demand, prices: Floats, programmes: list[Programme]) -> Floats:
    """How the bound changes with each price: 1 where nobody serves a request, below 0 where several do."""
    slope = np.zeros(len(prices))
    slope[demand.open] = 1.0
    _total, unmet = demand.left_unmet(prices)
    slope[demand.open[unmet]] -= 1.0
    for one in programmes:
        slope[list(one.requests)] -= 1.0
    return slope
