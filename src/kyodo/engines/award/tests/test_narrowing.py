"""A large tender is searched by guesses, and still nobody is given anything but the cheapest award."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.award.solver import narrowing, proof
from kyodo.engines.award.solver.cliques import add_clique_cuts
from kyodo.engines.award.solver.highs import relax
from kyodo.engines.award.solver.model import INFINITY, Model, as_matrix
from kyodo.engines.award.solver.narrowing import minimise_narrowed
from kyodo.engines.award.solver.search import find_award
from kyodo.engines.award.tests.drawn import draw_scored, draw_small, exhaustive, problem_of
from kyodo.engines.award.ties import settle
from kyodo.engines.patience import Patience


@pytest.fixture(scope="module")
def narrowed_at_any_size():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof, "WIDE", 0)
        patch.setattr(proof, "WIDE_WITH_SHARES", 0)
        yield patch


@pytest.mark.parametrize("first", [1e-9, 0.08, 2.0])
@settings(max_examples=150, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**40), scored=st.booleans())
def test_guesses_too_near_and_too_far_end_at_the_award_of_exhaustive_search(narrowed_at_any_size, first, seed, scored):
    narrowed_at_any_size.setattr(narrowing, "FIRST", first)
    rng = random.Random(seed)
    problem = problem_of(draw_scored(rng, "additive") if scored else draw_small(rng, several=False))
    best, awards = exhaustive(problem)
    found = find_award(problem, Patience(30))
    if best is None:
        assert found.status == "infeasible"
        return
    assert (found.status, found.unfilled, -(found.score or 0), found.total) == ("optimal", *best)
    assert settle(problem, found, Patience(30)).exists == (len(awards) > 1)


def partition():
    """Two lots, each with a cheap and a dear offer; the rows allow only one of the cheap ones."""
    model = Model()
    cheap, dear = (model.column(10), model.column(10)), (model.column(100), model.column(150))
    for one, other in zip(cheap, dear, strict=True):
        model.row("", {one: 1, other: 1}, 1, 1)
    model.row("", dict.fromkeys(cheap, 2), -INFINITY, 3)
    return model


def test_nothing_above_what_is_wanted_is_given():
    matrix = as_matrix(partition())
    assert minimise_narrowed(matrix, Patience()).objective == 110
    assert minimise_narrowed(matrix, Patience(), most=110).objective == 110
    assert minimise_narrowed(matrix, Patience(), most=109).status == "infeasible"


def test_without_time_the_start_is_given_and_not_called_the_best():
    dearer = np.array([1.0, 0.0, 0.0, 1.0])
    outcome = minimise_narrowed(as_matrix(partition()), Patience(0), start=dearer)
    assert (outcome.status, outcome.objective) == ("stopped", 160)
    assert outcome.bound <= 110


def test_three_bids_that_exclude_each_other_in_pairs_count_as_one_in_the_bound():
    goods = [frozenset({0, 1}), frozenset({1, 2}), frozenset({2, 0}), frozenset({0, 1, 2})]
    model = Model()
    for price in (10, 10, 10, 3):
        model.column(-price)
    for good in range(3):
        model.row("", {bid: 1 for bid, wanted in enumerate(goods) if good in wanted}, -INFINITY, 1)
    assert relax(as_matrix(model), Patience()).objective == pytest.approx(-15)
    add_clique_cuts(model, goods, Patience())
    assert relax(as_matrix(model), Patience()).objective == pytest.approx(-10)
    assert sorted(model.rows[-1].columns) == [0, 1, 2, 3]
