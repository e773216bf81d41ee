"""Generalised assignment: the least cost of small problems, a bound below it always."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.matching.gap.reading import Assignment
from kyodo.engines.matching.gap.solve import solve
from kyodo.engines.patience import Patience


def drawn(seed, agents, jobs, tightness=0.8):
    rng = np.random.default_rng(seed)
    resource = rng.integers(5, 26, (agents, jobs))
    cost = rng.integers(10, 51, (agents, jobs))
    capacity = np.full(agents, int(tightness * resource.sum() / agents / agents))
    return Assignment(cost.astype(np.int64), resource.astype(np.int64), capacity.astype(np.int64))


def least(problem):
    agents, jobs = problem.cost.shape
    best = None
    for choice in product(range(agents), repeat=jobs):
        used = np.zeros(agents, dtype=int)
        np.add.at(used, list(choice), problem.resource[list(choice), range(jobs)])
        if (used <= problem.capacity).all():
            cost = int(problem.cost[list(choice), range(jobs)].sum())
            best = cost if best is None else min(best, cost)
    return best


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 3), st.integers(1, 6), st.sampled_from([0.6, 0.9, 1.2]))
def test_the_least_cost_of_small_problems_is_found(seed, agents, jobs, tightness):
    problem = drawn(seed, agents, jobs, tightness)
    answer, best = solve(problem, Patience(20)), least(problem)
    assert answer.status == ("infeasible" if best is None else "optimal")
    assert answer.cost == best
    if answer.agents is not None:
        used = np.zeros(agents, dtype=int)
        np.add.at(used, answer.agents, problem.resource[answer.agents, range(jobs)])
        assert (used <= problem.capacity).all()


@pytest.mark.parametrize("seconds", [1e-6, 1.0])
def test_however_short_the_time_the_bound_holds(seconds):
    problem = drawn(7, 5, 50)
    answer = solve(problem, Patience(seconds))
    whole = solve(problem, Patience(20))
    assert (answer.bound or 0) <= (whole.cost or 0)
    assert answer.status in ("feasible", "optimal", "no_solution_found")
