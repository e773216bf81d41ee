"""Where no award is possible, people learn which rules and facts clash, and the least that would have to give."""

from __future__ import annotations

import random
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.award.infeasible import explain_infeasible
from kyodo.engines.award.solve import solve
from kyodo.engines.award.tests.drawn import draw_small, exhaustive, problem_of
from kyodo.engines.award.tests.tenders import lamp_tender, offer, two_lot_tender
from kyodo.engines.award.variants import minimum_orders, only_lots, rule_names, with_rule, without_rules
from kyodo.engines.patience import Patience


def possible(problem):
    return exhaustive(problem)[0] is not None


def test_no_offers_at_all_is_told_lot_by_lot():
    result = solve(problem_of(two_lot_tender(offers=[], packages=[]))).document("en")
    assert result["status"] == "infeasible"
    assert [conflict["facts"] for conflict in result["infeasible_because"]] == [
        ["no_offer:lamp/e"],
        ["no_offer:desk/e"],
    ]
    assert result["infeasible_because"][0]["text"] == "Nobody offers lamp/e."


def test_a_budget_that_is_too_small_is_told_with_the_one_that_is_needed():
    result = solve(problem_of(lamp_tender(rules={"budget": 2900}))).document("en")
    (conflict,) = result["infeasible_because"]
    assert conflict["rules"] == ["budget"]
    assert conflict["least_relaxation"] == [
        {
            "rule": "budget",
            "now": 2900,
            "needed": 3000,
            "text": "With budget at 3,000 instead of 2,900, this set can hold together.",
        }
    ]


def test_two_rules_that_clash_are_named_together_with_what_each_would_need():
    document = two_lot_tender(packages=[], offers=[offer("o1", "a", 100), offer("o3", "a", 500, item="desk")])
    document["suppliers"][0] = {"id": "a", "max_lots": 1}
    document["rules"] = {"max_winners": 2}
    (conflict,) = explain_infeasible(problem_of(document), Patience(30))
    assert conflict.rules == ("max_lots:a",)
    assert [(r.rule, r.now, r.needed) for r in conflict.relaxations] == [("max_lots:a", 1, 2)]


def test_a_minimum_order_is_named_as_a_fact():
    (conflict,) = explain_infeasible(problem_of(lamp_tender(offers=[offer("o1", "a", (31, 90))])), Patience(30))
    assert conflict.facts == ("minimum_order:o1",)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.integers(0, 2**40))
def test_each_set_clashes_is_minimal_and_its_relaxations_are_least(seed):
    rng = random.Random(seed)
    document = draw_small(rng, several=rng.random() < 0.2)
    document["rules"].pop("allow_unfilled", None)
    problem = problem_of(document)
    if possible(problem):
        return
    conflicts = explain_infeasible(problem, Patience(60))
    assert conflicts
    names = {*minimum_orders(problem), *rule_names(problem)}
    offered = {lot for lots in [*problem.lots_of_offer, *problem.lots_of_package] for lot in lots}
    rest = only_lots(problem, offered)
    for conflict in conflicts:
        members = {*conflict.rules, *conflict.facts}
        if not members <= names:
            continue
        alone = without_rules(rest, names - members)
        assert not possible(alone)
        for member in members:
            assert possible(without_rules(rest, (names - members) | {member}))
        for least in conflict.relaxations:
            step = Fraction(1, 10_000) if least.rule.startswith("max_share") else 1
            less = least.needed + step if least.rule == "min_winners" else least.needed - step
            assert possible(with_rule(alone, least.rule, least.needed))
            assert not possible(with_rule(alone, least.rule, less))
