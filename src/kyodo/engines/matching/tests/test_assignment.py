"""Generalised assignment: the least cost of small problems, a bound below it always."""

from __future__ import annotations

from itertools import product
from threading import Timer

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.matching.gap.exchange import Exchange
from kyodo.engines.matching.gap.reading import Assignment
from kyodo.engines.matching.gap.solve import solve
from kyodo.engines.matching.gap.state import Run
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


def test_without_a_time_limit_the_proof_is_begun_all_the_same():
    patience = Patience()
    given_up = Timer(20, lambda: setattr(patience, "stopped", True))
    given_up.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kyodo.engines.matching.gap.solve.HARD_PAIRS", 0)
        patch.setattr("kyodo.engines.matching.gap.solve.FEW_PAIRS", 0)
        patch.setattr("kyodo.engines.matching.gap.solve.LONGEST", 0.5, raising=False)
        answer = solve(drawn(7, 5, 30), patience)
    given_up.cancel()
    assert answer.status == "optimal"
    assert answer.seconds < 15


def test_large_assignments_come_close_to_their_bound():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kyodo.engines.matching.gap.solve.PROOF_PAIRS", 0)
        answer = solve(drawn(3, 10, 120), Patience(6))  # 1.5% above after 3 CPU s, 0.9% after 6
    assert answer.status in ("feasible", "optimal")
    assert answer.bound is not None
    assert answer.cost is not None
    assert answer.bound <= answer.cost <= 1.02 * answer.bound


def test_what_moves_would_bring_is_right_after_many_moves():
    problem, rng = drawn(5, 6, 40), np.random.default_rng(1)
    run = Run(problem, Patience(9), None)
    now = Exchange(run, problem.cost.astype(float), np.full(6, 0.5), rng.integers(0, 6, 40))
    for _step in range(60):
        before = _price(problem, now)
        change, moves = now.shift()
        further, chain = now.chain()
        if further < change:
            change, moves = further, chain
        now.move(moves, int(rng.integers(1, 4)))
        assert _price(problem, now) - before == pytest.approx(change, abs=1e-2)
    kept = now.instead.copy(), now.taken.copy(), now.given.copy()
    now.whole()
    for one, other in zip(kept, (now.instead, now.taken, now.given), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-2)


def _price(problem, now):
    """Cost of pairs, 0.5 for a unit of capacity that is unused or passed."""
    used = np.zeros(len(problem.capacity))
    np.add.at(used, now.agents, problem.resource[now.agents, range(len(now.agents))])
    cost = problem.cost[now.agents, range(len(now.agents))].sum()
    return float(cost + 0.5 * np.abs(problem.capacity - used).sum())
