"""Buyers see what each pays under three rules, and whether any group would be better off alone."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.award.allocate.core import worst_objection
from kyodo.engines.award.allocate.game import SavingsGame
from kyodo.engines.award.allocate.report import allocate
from kyodo.engines.award.allocate.shapley import shapley
from kyodo.engines.award.solver.search import find_award
from kyodo.engines.award.tests.drawn import draw_small, exhaustive, problem_of
from kyodo.engines.award.tests.tenders import lamp_tender, offer, two_lot_tender
from kyodo.engines.patience import Patience


def award_of(problem):
    found = find_award(problem, Patience(30))
    assert found.award is not None
    return found.award


def many_buyers(count, *, packages=False):
    """Buyers of one item in two zones, with tiers."""
    rng = random.Random(count)
    demands: list[dict[str, Any]] = [
        {"buyer": f"m{n:02d}", "item": "lamp", "zone": "ew"[n % 2], "quantity": rng.randint(1, 30)}
        for n in range(count)
    ]
    offers = [
        offer(f"o{s}{zone}", s, rng.randint(90, 110), (60, 88), (150, 80), zone=zone) for s in "abc" for zone in "ew"
    ]
    document = lamp_tender(demands=demands, offers=offers)
    if packages:
        covers = [{"item": "lamp", "zone": zone} for zone in "ew"]
        size = sum(row["quantity"] for row in demands)
        document["packages"] = [{"id": "p", "supplier": "a", "price": size * 75, "covers": covers}]
    return problem_of(document)


def test_two_buyers_share_a_tier_by_hand():
    """Alone 10 and 20 cost 1,000 and 2,000; together the tier from 30 makes it 2,400: each saves 300."""
    problem = problem_of(lamp_tender(offers=[offer("o1", "a", 100, (30, 80))]))
    report = allocate(problem, award_of(problem), rule="shapley").document("en")
    assert report["format"] == "kyodo-award-allocation/1"
    assert [(s["buyer"], s["amount"], s["exact"], s["alone"], s["saving"]) for s in report["shares"]] == [
        ("north", 700, "700/1", 1000, 300),
        ("south", 1700, "1700/1", 2000, 300),
    ]
    assert report["in_core"] is True
    uniform = allocate(problem, award_of(problem)).document()
    assert [share["amount"] for share in uniform["shares"]] == [800, 1600]
    assert (uniform["rule"], uniform["in_core"], uniform["better_off_alone"]) == ("uniform", True, [])


def test_a_group_that_would_be_better_off_alone_is_named():
    """A package that only helps the desk's buyer makes the lamp's buyer pay more than alone."""
    document = two_lot_tender()
    document["packages"][0]["price"] = 7600
    document["demands"] = [
        {"buyer": "north", "item": "lamp", "zone": "e", "quantity": 30},
        {"buyer": "south", "item": "desk", "zone": "e", "quantity": 10},
    ]
    problem = problem_of(document)
    report = allocate(problem, award_of(problem)).document()
    assert report["in_core"] is False
    assert report["better_off_alone"] == [["north"]]
    for rule in ("shapley", "core"):
        assert allocate(problem, award_of(problem), rule=rule).document()["in_core"] is True


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 2**40))
def test_costs_of_groups_are_those_of_exhaustive_search(seed):
    rng = random.Random(seed)
    document = draw_small(rng)
    document["rules"] = {"single_source_per_lot": document["rules"]["single_source_per_lot"]}
    document["lots"] = []
    for supplier in document["suppliers"]:
        for limit in ("max_share", "capacity", "max_lots"):
            supplier.pop(limit, None)
    for row in document["offers"]:
        row["tiers"][0]["min"] = 1
    problem = problem_of(document)
    game = SavingsGame(problem)
    for size in range(1, len(game.buyers) + 1):
        for group in combinations(range(len(game.buyers)), size):
            best, _awards = exhaustive(game.alone(frozenset(group)))
            if best is not None:
                assert game.cost(group) == best[2]


def test_exact_values_are_the_average_over_all_orders():
    problem = many_buyers(5, packages=True)
    game = SavingsGame(problem)
    orders = list(permutations(range(5)))
    sums = [0] * 5
    for order in orders:
        for place, buyer in enumerate(order):
            sums[buyer] += game.cost(order[: place + 1]) - game.cost(order[:place])
    assert shapley(game).values == [Fraction(total, len(orders)) for total in sums]


@pytest.mark.parametrize("packages", [False, True])
def test_sampled_values_add_up_and_lie_within_their_standard_errors(packages, monkeypatch):
    game = SavingsGame(many_buyers(9, packages=packages))
    exact = shapley(game)
    monkeypatch.setattr("kyodo.engines.award.allocate.shapley.MOST_EXACT", 5)
    sampled = shapley(game, seed=3, permutations=4000)
    assert not sampled.exact
    assert sum(sampled.values) == sum(exact.values) == game.cost(range(9))
    assert sampled.errors is not None
    for value, true, error in zip(sampled.values, exact.values, sampled.errors, strict=True):
        assert abs(float(value - true)) <= 5 * error + 1e-6
    assert shapley(game, seed=3, permutations=4000).values == sampled.values


@pytest.mark.parametrize("rule", ["uniform", "shapley", "core"])
@pytest.mark.parametrize("count", [1, 4, 12])
def test_shares_are_whole_yen_and_sum_to_the_award(rule, count):
    problem = many_buyers(count, packages=count == 4)
    report = allocate(problem, award_of(problem), rule=rule, permutations=300).document()
    assert sum(share["amount"] for share in report["shares"]) == report["total"]
    assert all(isinstance(share["amount"], int) for share in report["shares"])
    assert (report["shares"][0]["standard_error"] is not None) == (rule == "shapley" and count == 12)


@pytest.mark.parametrize("count", [6, 12])
def test_with_tiers_alone_uniform_prices_leave_nobody_better_off_alone(count):
    problem = many_buyers(count)
    assert allocate(problem, award_of(problem)).in_core is True


def test_the_search_for_objections_finds_the_worst_one_beyond_ten_buyers(monkeypatch):
    problem = many_buyers(9, packages=True)
    game = SavingsGame(problem)
    shares = [Fraction(game.cost(range(9)), 9)] * 9
    every = worst_objection(game, shares, Patience(30))
    monkeypatch.setattr("kyodo.engines.award.allocate.core.MOST_EXACT", 5)
    searched = worst_objection(game, shares, Patience(30))
    assert every.worst is not None
    assert searched.worst is not None
    assert searched.complete
    assert searched.worst.gain == every.worst.gain
