"""Nobody gets an award that breaks a rule: the checker finds every fault that is planted in a good one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo.engines.award.problem import Award
from kyodo.engines.award.solver import search
from kyodo.engines.award.solver.formulation import formulate
from kyodo.engines.award.tests.drawn import problem_of
from kyodo.engines.award.tests.tenders import lamp_tender, offer, two_lot_tender
from kyodo.engines.award.variants import with_rule
from kyodo.engines.award.verify import CheckFailedError, recount, verify
from kyodo.engines.patience import Patience

GOOD = Award(((0, 0, 30), (2, 1, 10)))


def rules_broken(problem, award, **claimed):
    return {fault.rule for fault in verify(problem, award, **claimed)}


def test_a_good_award_passes():
    assert verify(problem_of(two_lot_tender()), GOOD, total=8000) == ()


@pytest.mark.parametrize(
    ("award", "rule"),
    [
        (Award(((0, 0, 29), (2, 1, 10))), "lot:lamp/e"),
        (Award(((0, 0, 31), (2, 1, 10))), "lot:lamp/e"),
        (Award(((0, 0, 30),)), "lot:desk/e"),
        (Award(((0, 0, 10), (1, 0, 20), (2, 1, 10))), "single_source:lamp/e"),
        (Award(((0, 0, 30), (2, 1, 10)), (0,)), "package_alone:lamp/e"),
        (Award(((0, 1, 10), (2, 0, 30))), "form"),
        (Award(((0, 0, 30), (9, 1, 10))), "form"),
        (Award(((0, 0, 30), (2, 1, 10), (2, 1, 10))), "form"),
        (Award(((0, 0, 30), (2, 1, 0))), "form"),
        (Award((), (0, 0)), "form"),
        (Award((), (1,)), "form"),
        (Award(((0, 0, True), (2, 1, 10))), "form"),
    ],
)
def test_a_wrong_quantity_place_or_number_is_found(award, rule):
    assert rule in rules_broken(problem_of(two_lot_tender()), award)


@pytest.mark.parametrize(
    ("suppliers", "rule"),
    [
        ({"max_share": 0.99}, "max_share:a"),
        ({"max_lots": 1}, "max_lots:a"),
        ({"capacity": {"lamp": 29}}, "capacity:a:lamp"),
    ],
)
def test_a_supplier_beyond_a_limit_is_found(suppliers, rule):
    problem = problem_of(two_lot_tender(suppliers=[{"id": "a", **suppliers}, {"id": "b"}, {"id": "c"}]))
    assert rules_broken(problem, GOOD) == {rule}


@pytest.mark.parametrize(("rules", "rule"), [({"budget": 7999}, "budget"), ({"min_winners": 2}, "min_winners")])
def test_a_rule_over_the_whole_award_is_found(rules, rule):
    assert rules_broken(problem_of(two_lot_tender(rules=rules)), GOOD) == {rule}


def test_too_many_winners_are_found():
    problem = with_rule(problem_of(two_lot_tender()), "max_winners", 1)
    assert rules_broken(problem, Award(((0, 0, 30), (3, 1, 10)))) == {"max_winners"}


def test_a_reserve_that_is_passed_is_found_for_offers_and_packages():
    lots = [{"item": "lamp", "zone": "e", "reserve": 2999}, {"item": "desk", "zone": "e", "reserve": 5000}]
    problem = problem_of(two_lot_tender(lots=lots))
    assert rules_broken(problem, GOOD) == {"reserve:lamp/e"}
    assert rules_broken(problem, Award((), (0,))) == {"reserve:p1"}


def test_a_minimum_order_that_is_missed_is_found():
    problem = problem_of(lamp_tender(offers=[offer("o1", "a", (31, 90))]))
    assert rules_broken(problem, Award(((0, 0, 30),))) == {"minimum_order:o1", "lot:lamp/e"}


def test_too_few_technical_points_are_found():
    document = lamp_tender(evaluation={"method": "lowest", "minimum_technical": 5})
    document["suppliers"][0]["technical"] = {"*": 4.5}
    assert rules_broken(problem_of(document), Award(((0, 0, 30),))) == {"minimum_technical:o1"}


def test_a_wrong_total_is_found():
    assert rules_broken(problem_of(two_lot_tender()), GOOD, total=8001) == {"total"}


def test_the_checker_counts_tiers_fees_and_packages():
    document = two_lot_tender()
    document["offers"][0] = offer("o1", "a", 100, (30, 90))
    document["offers"][2]["fixed_fee"] = 7
    problem = problem_of(document)
    assert recount(problem, GOOD) == 30 * 90 + 10 * 500 + 7
    assert recount(problem, Award((), (0,))) == 9000


def test_an_award_that_breaks_a_rule_never_leaves(monkeypatch):
    """The solver is made to lie about what the problem allows."""
    problem = problem_of(two_lot_tender(rules={"budget": 7000}))
    monkeypatch.setattr("kyodo.engines.award.solver.proof.verify", lambda *_args, **_more: ())
    eased = replace(problem, rules=replace(problem.rules, budget=None))
    monkeypatch.setattr(search, "formulate", lambda _problem: formulate(eased))
    with pytest.raises(CheckFailedError, match="budget"):
        search.find_award(problem, Patience(10))
