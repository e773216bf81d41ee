"""Re-planning with few changes: as few published engagements are given up as a share of the points allows.

The dearer a change is made, the fewer there are and the more points the rest costs. The price of a change is sought
by halving: the dearest one whose plan still costs, without that price, at most so much more than the best plan. Each
plan on the way is the best for its price, so where they are proven no plan has fewer changes at the same points.
"""

from __future__ import annotations

from dataclasses import replace

from kyodo.engines.matching.cost import objective_of
from kyodo.engines.matching.problem import Plan, Problem
from kyodo.engines.matching.report import changes
from kyodo.engines.matching.solver.search import Outcome, Progress, search
from kyodo.engines.patience import Patience

DEAREST = 2_000  # points of a change
HALVINGS = 7
SHARE = 0.4  # of the time left, for one plan


def search_steadily(
    problem: Problem, within: float, patience: Patience, *, seed: int, progress: Progress | None
) -> Outcome:
    """The plan with the fewest changes that costs at most so much more than the best one.

    Parameters
    ----------
    problem : Problem
        With a published plan; its own price of a change is not used.
    within : float
        Part of the points of the best plan, changes left out, that may be spent: 0.01 for one per cent.
    patience : Patience
    seed : int
    progress : callable, optional

    Returns
    -------
    Outcome
        Points and bound are those of the problem as it stands; the bound holds without regard to `within`.
    """
    plain = _priced(problem, 0)
    free = search(plain, patience.at_most(SHARE * patience.left), seed=seed, progress=progress)
    limit = free.objective * (1 + within)
    best, made = free, _made(problem, free.plan)
    low, high = 0, DEAREST
    for _halving in range(HALVINGS):
        if patience.over or high - low <= 1 or not made:
            break
        price = round((max(1, low) * high) ** 0.5)
        found = search(_priced(problem, price), patience.at_most(SHARE * patience.left), seed=seed, progress=progress)
        if objective_of(plain, found.plan) > limit:
            high = price
            continue
        low = price
        if (count := _made(problem, found.plan)) <= made:
            best, made = found, count
    objective = objective_of(problem, best.plan)
    bound = min(free.bound + problem.weights.changed * _gone(problem), objective)
    return Outcome(best.plan, objective, bound, best.prices, best.bench, patience.used)


def _priced(problem: Problem, points: int) -> Problem:
    return replace(problem, weights=replace(problem.weights, changed=points))


def _made(problem: Problem, plan: Plan) -> int:
    """Published engagements that are not kept."""
    return sum(one.before is not None for one in changes(problem, plan))


def _gone(problem: Problem) -> int:
    """Published engagements that no plan can keep."""
    requests, people = problem.request_number, problem.specialist_number
    return sum(held.request not in requests or held.specialist not in people for held in problem.published)
