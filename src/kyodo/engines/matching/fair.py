"""Fairness beyond the weights: levels, one after the other, each fixed before the next.

Fewest uncovered small municipalities, then the largest least share of served half-days among population bands, then
points. The first level is a weight above every other sum of points, so it is proven where the search is. The second is
approached by making unmet requests of the worst-served band dearer until that helps no more: no proof of it is claimed.
"""

from __future__ import annotations

from dataclasses import replace

from kyodo.engines.matching.cost import objective_of
from kyodo.engines.matching.problem import Plan, Problem
from kyodo.engines.matching.report import band, fairness, uncovered_small
from kyodo.engines.matching.solver.options import Options
from kyodo.engines.matching.solver.search import Outcome, Progress, search, tell
from kyodo.engines.patience import Patience

STEPS = (2, 6, 20, 60, 200)  # points a half-day and week by which the worst band is made dearer
SHARE = 0.3  # of the time for the bound, and for the first level


def search_fairly(problem: Problem, patience: Patience, *, seed: int, progress: Progress | None) -> Outcome:
    """Plan a quarter by levels; the bound is that of the points without the levels, so it holds with them.

    Parameters
    ----------
    problem : Problem
    patience : Patience
    seed : int
    progress : callable, optional

    Returns
    -------
    Outcome
    """
    options = Options(problem)
    plain = search(problem, patience.at_most(SHARE * patience.left), seed=seed, progress=progress, options=options)
    best, value = plain, _value(problem, plain.plan)
    first = _first_level(problem)

    def so_far(*_of_another_problem: float) -> None:
        tell(progress, value[-1], plain.bound, patience)

    for points in (0, *STEPS):
        if patience.over:
            break
        bonus = _for_the_worst(problem, best.plan, points)
        within = patience.at_most(max(1.0, SHARE * patience.left))
        found = search(first, within, seed=seed, bonus=bonus, options=options.under(first), progress=so_far)
        other = _value(problem, found.plan)
        if other < value:
            best, value = found, other
    so_far()
    objective = value[-1]
    return Outcome(best.plan, objective, min(plain.bound, objective), plain.prices, plain.bench, patience.used)


def _value(problem: Problem, plan: Plan) -> tuple[int, float, int]:
    least = fairness(problem, plan).least
    return uncovered_small(problem, plan), -(least or 0.0), objective_of(problem, plan)


def _first_level(problem: Problem) -> Problem:
    """An uncovered small municipality costs more than all that could be saved elsewhere."""
    most = sum(problem.unmet_cost(number) for number in range(len(problem.requests)))
    most += sum(problem.uncovered_cost(body) for body in problem.asked)
    most += problem.weights.changed * len(problem.published)
    return replace(problem, weights=replace(problem.weights, uncovered_small=most + 1))


def _for_the_worst(problem: Problem, plan: Plan, points: int) -> dict[int, int]:
    """Points a half-day and week for the requests of the band that is served worst in a plan."""
    shares = fairness(problem, plan).bands
    if not points or not shares:
        return {}
    worst = min(shares, key=lambda name: (shares[name], name))
    return {
        number: points * asked.half_days * asked.weeks
        for number, asked in enumerate(problem.requests)
        if band(problem, asked.municipality) == worst
    }
