"""Equal awards: everybody learns that there was a tie, and can recompute which one was taken."""

from __future__ import annotations

import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.award.solve import solve
from kyodo.engines.award.tests.drawn import draw_scored, draw_small, exhaustive, problem_of
from kyodo.engines.award.tests.tenders import lamp_tender, offer
from kyodo.engines.award.ties import rank_of

LAST = ("\U0010ffff", "")  # an empty lot comes after every winner


def winners_by_lot(problem, award):
    """The lists that a tie rule compares."""
    rank = rank_of(problem)
    lists = []
    for lot in range(len(problem.lots)):
        offers = [problem.offers[o] for o, at, _q in award.parts if at == lot]
        packages = [problem.packages[p] for p in award.packages if lot in problem.lots_of_package[p]]
        lists.append(sorted((rank(won.supplier), won.id) for won in [*offers, *packages]) or [LAST])
    return lists


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, 2**40))
def test_ties_are_found_and_settled_as_exhaustive_search_would(seed):
    rng = random.Random(seed)
    document = draw_small(rng) if rng.random() < 0.8 else draw_scored(rng, rng.choice(["additive", "division"]))
    for given_offer in document["offers"]:
        given_offer.pop("fixed_fee", None)
        for tier in given_offer["tiers"]:
            tier["unit_price"] = max(1, tier["unit_price"] // 4)
    document["rules"]["tie"] = rng.choice(["report", "supplier_id", {"draw": seed}])
    problem = problem_of(document)
    best, awards = exhaustive(problem)
    if best is None:
        return
    settled = solve(problem).settled
    assert settled is not None
    assert settled.exists == (len(awards) > 1)
    if problem.rules.tie != "report":
        assert winners_by_lot(problem, settled.award) == min(winners_by_lot(problem, award) for award in awards)


def test_a_tie_is_reported_and_the_first_supplier_id_wins():
    document = lamp_tender(offers=[offer("o1", "c", 100), offer("o2", "b", 100)], rules={"tie": "supplier_id"})
    result = solve(problem_of(document)).document()
    assert result["ties"] == {"exists": True, "chosen_by": "supplier_id"}
    assert result["lots"][0]["parts"][0]["supplier"] == "b"
    assert result["lots"][0]["runner_up"]["difference"] == 0


def test_a_rule_for_ties_that_there_was_no_time_to_follow_is_warned_of(monkeypatch):
    document = lamp_tender(offers=[offer("o1", "c", 100), offer("o2", "b", 100)], rules={"tie": "supplier_id"})
    in_time = solve(problem_of(document)).document("en")["warnings"]
    monkeypatch.setattr("kyodo.engines.award.solve.TIE_SECONDS", 0)
    result = solve(problem_of(document)).document("en")
    assert in_time == []
    assert result["ties"]["exists"] is None
    assert result["warnings"] == ["There was not enough time to follow the rule for ties to its end."]


@pytest.mark.parametrize("seed", ["118-042", 7, "くじ"])
def test_a_draw_can_be_recomputed_with_sha256(seed):
    offers = [offer(f"o{s}", s, 100) for s in ("a", "b", "c")]
    result = solve(problem_of(lamp_tender(offers=offers, rules={"tie": {"draw": seed}}))).document()
    first = min("abc", key=lambda s: hashlib.sha256(f"{seed}:{s}".encode()).hexdigest())
    assert result["lots"][0]["parts"][0]["supplier"] == first


def test_the_same_award_comes_out_on_each_run():
    problem = problem_of(lamp_tender(offers=[offer(f"o{s}", s, 100) for s in ("a", "b", "c")]))
    assert len({solve(problem).award for _run in range(5)}) == 1
