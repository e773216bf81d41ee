"""Prices for large problems: a guess by the size of requests, then subgradient steps over programmes that are known.

A step over known programmes takes a few milliseconds, so hundreds are made before specialists are asked for their best
programmes again. After M. Held, P. Wolfe, H. P. Crowder, *Validation of subgradient optimization*, Mathematical
Programming 6, 1974; directions remember the last ones (P. M. Camerini, L. Fratta, F. Maffioli, *On improving relaxation
methods by modified gradient techniques*, Mathematical Programming Study 3, 1975).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.solver.demand import Demand
from kyodo.engines.matching.solver.pool import Pool
from kyodo.engines.matching.solver.programmes import Bench
from kyodo.engines.patience import Patience

Floats = NDArray[np.float64]

SAMPLE = 40  # specialists by whom a first guess is judged
ROUGH = 100  # nodes for one specialist
MEMORY = 0.7  # of the last direction
STEPS = 400
PATIENT = 12  # steps without a better value before they get shorter
SHORTER, SHORTEST = 1.5, 0.003


def guessed(bench: Bench, demand: Demand, patience: Patience) -> Floats:
    """Prices of the form least points + a + b × half-days, as good as a sample of specialists can tell."""
    problem, options = demand.problem, bench.options
    least = options.least()
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


def ascend(demand: Demand, pool: Pool, start: Floats, target: float, patience: Patience) -> tuple[Floats, float]:
    """Prices that are nearly the best for the known programmes, and what the bound would be if there were no others.

    Parameters
    ----------
    demand : Demand
    pool : Pool
    start : ndarray of float, shape (requests,)
    target : float
        Points towards which steps are measured.
    patience : Patience
    """
    prices, best = start, start
    value, length, idle = -np.inf, 1.0, 0
    direction = np.zeros(len(start))
    for _step in range(STEPS):
        if patience.over or length < SHORTEST:
            break
        profit, served = pool.best(prices)
        unmet, leave = demand.left_unmet(prices)
        here = demand.base + float(prices[demand.open].sum()) + unmet - float(profit.sum())
        idle = 0 if here > value + 2e-5 * abs(here) else idle + 1
        if here > value:
            best, value = prices, here
        if idle >= PATIENT:
            idle, length, prices = 0, length / SHORTER, best
        slope = np.zeros(len(prices))
        slope[demand.open] = 1.0
        slope[demand.open[leave]] -= 1.0
        slope -= served
        slope[(prices <= 0) & (slope < 0)] = 0.0
        direction = slope + MEMORY * direction
        size = float(direction @ direction)
        if not size:
            break
        prices = np.maximum(0.0, prices + length * max(1.0, target - here) / size * direction)
    return best, value
