"""Re-planning with few changes: as few published engagements are given up as a share of the points allows.

The dearer a change is made, the fewer there are and the more points the rest costs. The price of a change is sought
by halving: the dearest one whose plan still costs, without that price, at most so much more than the best plan. Each
plan on the way is the best for its price, so where they are proven no plan has fewer changes at the same points.
"""

from __future__ import annotations

from dataclasses import replace

from kyodo.engines.matching.cost import given_up, objective_of
from kyodo.engines.matching.problem import Problem
from kyodo.engines.matching.solver.options import Options
from kyodo.engines.matching.solver.search import Outcome, Progress, search, tell
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
        Told of the first search as if no change cost anything that can be helped, then of the best plan so far.

    Returns
    -------
    Outcome
        Points, bound, prices and bench are those of the problem as it stands, whatever a change cost on the way; the
        bound holds without regard to `within`.
    """
    options = Options(_priced(problem, 0))
    forced = problem.weights.changed * _gone(problem)

    def without_changes(points: int, least: int, _seconds: float) -> None:
        tell(progress, points + forced, least + forced, patience)

    def so_far(*_of_another_problem: float) -> None:
        tell(progress, objective, bound, patience)

    within_time = patience.at_most(SHARE * patience.left)
    free = search(options.problem, within_time, seed=seed, options=options, progress=without_changes)
    limit = free.objective * (1 + within)
    best, made, objective = free.plan, given_up(problem, free.plan), objective_of(problem, free.plan)
    bound = free.bound + forced
    low, high = 0, DEAREST
    for _halving in range(HALVINGS):
        if patience.over or high - low <= 1 or not made:
            break
        price = round((max(1, low) * high) ** 0.5)
        dearer, within_time = options.under(_priced(problem, price)), patience.at_most(SHARE * patience.left)
        found = search(dearer.problem, within_time, seed=seed, options=dearer, progress=so_far)
        if objective_of(options.problem, found.plan) > limit:
            high = price
            continue
        low = price
        if (count := given_up(problem, found.plan)) <= made:
            best, made, objective = found.plan, count, objective_of(problem, found.plan)
    so_far()
    return Outcome(best, objective, min(bound, objective), free.prices, free.bench, patience.used)


def _priced(problem: Problem, points: int) -> Problem:
    return replace(problem, weights=replace(problem.weights, changed=points))


def _gone(problem: Problem) -> int:
    """Published engagements that no plan can keep."""
    requests, people = problem.request_number, problem.specialist_number
    return sum(held.request not in requests or held.specialist not in people for held in problem.published)
