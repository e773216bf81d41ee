"""Whoever asks gets the cheapest valid award, as an exhaustive search and another solver would find it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.award.solver.search import find_award
from kyodo.engines.award.tests.drawn import draw_scored, draw_small, exhaustive, problem_of
from kyodo.engines.award.tests.oracle import cp_sat_total
from kyodo.engines.award.tests.tenders import draw_medium
from kyodo.engines.award.verify import verify
from kyodo.engines.patience import Patience

SEEDS = st.integers(0, 2**40)


def _agrees(document) -> None:
    problem = problem_of(document)
    best, _awards = exhaustive(problem)
    found = find_award(problem, Patience(30))
    if best is None:
        assert found.status == "infeasible"
        return
    assert found.status == "optimal"
    assert found.award is not None
    assert not verify(problem, found.award, total=found.total)
    assert (found.unfilled, -(found.score or 0), found.total) == best


@settings(max_examples=700, deadline=None, derandomize=True)
@given(SEEDS)
def test_single_source_awards_are_those_of_exhaustive_search(seed):
    _agrees(draw_small(random.Random(seed), several=False))


@settings(max_examples=350, deadline=None, derandomize=True)
@given(SEEDS)
def test_shared_lots_are_those_of_exhaustive_search(seed):
    _agrees(draw_small(random.Random(seed), several=True))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SEEDS, st.sampled_from(["additive", "division"]))
def test_most_points_are_those_of_exhaustive_search(seed, method):
    _agrees(draw_scored(random.Random(seed), method))


@pytest.mark.parametrize(
    ("single", "share", "everywhere"),
    [(True, None, 0.0), (True, 0.3, 0.0), (True, 0.35, 0.4), (False, None, 0.0), (False, 0.35, 0.0), (False, 0.4, 0.3)],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_medium_tenders_cost_what_cp_sat_says(single, share, everywhere, seed):
    problem = problem_of(draw_medium(random.Random(seed), single=single, share=share, everywhere=everywhere))
    found = find_award(problem, Patience(60))
    total = cp_sat_total(problem, seconds=60)
    assert found.status == ("infeasible" if total is None else "optimal")
    assert found.total == total
