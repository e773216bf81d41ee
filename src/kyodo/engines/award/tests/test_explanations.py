"""Every bidder who did not win reads one sentence on why not; every lot shows its runner-up."""

from __future__ import annotations

import random

import pytest

from kyodo.engines.award.solve import solve
from kyodo.engines.award.tests.drawn import draw_small, problem_of
from kyodo.engines.award.tests.tenders import draw_medium, lamp_tender, offer, two_lot_tender


def reasons(document, language="en"):
    result = solve(problem_of(document)).document(language)
    return {row.get("offer") or row.get("package"): row["because"] for row in result["not_chosen"]}


def test_a_dearer_offer_is_told_by_how_much():
    because = reasons(lamp_tender())["o2"]
    assert because == {"code": "dearer", "text": "300 yen dearer than the award.", "facts": {"difference": 300}}


def test_the_sentences_are_japanese_unless_asked_otherwise():
    assert reasons(lamp_tender(), "ja")["o2"]["text"] == "落札より 300 円高い応札です。"


def test_each_lot_shows_the_second_best_and_the_difference():
    result = solve(problem_of(lamp_tender())).document()
    assert result["lots"][0]["runner_up"] == {"offer": "o2", "supplier": "b", "amount": 3300, "difference": 300}


def test_a_cheaper_offer_that_a_share_keeps_out_is_told_so():
    document = two_lot_tender(packages=[])
    document["suppliers"][0]["max_share"] = 0.625
    document["offers"][1]["tiers"][0]["unit_price"] = 101
    because = reasons(document)
    blocked = [row for row in because.values() if row["code"] == "blocked"]
    assert blocked
    assert blocked[0]["facts"]["rule"] == "max_share:a"


def test_a_tier_that_was_not_reached_is_told_with_the_units_missing():
    document = lamp_tender(offers=[offer("o1", "a", 100), offer("o2", "b", 110, (40, 90))])
    because = reasons(document)["o2"]
    assert because["code"] == "tier_not_reached"
    assert because["facts"] == {"difference": 300, "short": 10, "price": 90}


def test_an_offer_beaten_by_a_package_is_told_what_the_package_saves():
    document = two_lot_tender()
    document["packages"][0]["price"] = 7500
    because = reasons(document)["o1"]
    assert because["code"] == "beaten_by_package"
    assert because["facts"] == {"package": "p1", "difference": 500}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"offers": [offer("o1", "a", 100), offer("o2", "b", (31, 1))]}, "below_minimum_order"),
        ({"offers": [offer("o1", "a", 100), offer("o2", "b", 5, zone="w")]}, "not_wanted"),
        ({"lots": [{"item": "lamp", "zone": "e", "reserve": 3200}]}, "over_reserve"),
        ({"suppliers": [{"id": "a"}, {"id": "b", "capacity": {"lamp": 29}}, {"id": "c"}]}, "over_capacity"),
        ({"offers": [offer("o1", "a", 100), offer("o2", "b", 100)]}, "equal"),
    ],
)
def test_each_reason_has_its_code(change, code):
    assert code in {row["code"] for row in reasons(lamp_tender(**change)).values()}


def test_offers_for_a_lot_that_stayed_empty_are_told_the_rule_and_not_that_they_are_dearer():
    document = two_lot_tender(rules={"allow_unfilled": True, "budget": 5000})
    result = solve(problem_of(document)).document("en")
    assert result["unfilled"] == [{"item": "desk", "zone": "e"}]
    because = {row.get("offer") or row.get("package"): row["because"] for row in result["not_chosen"]}
    for name in ("o3", "o4", "p1"):
        assert because[name]["code"] == "blocked"
        assert because[name]["facts"] == {"rule": "budget"}
        assert because[name]["text"] == "The lot stayed empty, but taking this would break budget."


def test_too_few_points_are_told_with_both_scores():
    document = lamp_tender(
        lots=[{"item": "lamp", "zone": "e", "reserve": 6000}],
        suppliers=[{"id": s, "technical": {"*": 20}} for s in "abc"],
        evaluation={"method": "additive", "price_points": 40},
    )
    assert reasons(document)["o2"]["facts"] == {"mine": "38", "best": "40"}


@pytest.mark.parametrize("seed", range(60))
def test_nobody_is_left_without_a_reason_and_every_yen_adds_up(seed):
    rng = random.Random(seed)
    document = draw_small(rng) if seed % 3 else draw_medium(rng, single=seed % 2 == 0, share=0.5)
    problem = problem_of(document)
    result = solve(problem)
    for language in ("ja", "en"):
        told = result.document(language)
        if result.award is None:
            continue
        taken = {p.get("offer") or p.get("package") for lot in told["lots"] for p in lot["parts"]}
        named = {row.get("offer") or row.get("package") for row in told["not_chosen"]}
        assert taken | named == {o.id for o in problem.offers} | {p.id for p in problem.packages}
        assert not taken & named
        parts = sum(p["amount"] for lot in told["lots"] for p in lot["parts"])
        assert parts + sum(fee["amount"] for fee in told["fees"]) == told["total"]
        assert sum(buyer["amount"] for buyer in told["buyers"]) == told["total"]
        _everybody_gets_what_they_want(problem, told)
        if language == "en":
            assert all(row["because"]["text"].isascii() for row in told["not_chosen"])


def _everybody_gets_what_they_want(problem, told):
    unfilled = {(lot["item"], lot["zone"]) for lot in told["unfilled"]}
    got: dict[tuple[str, str, str], int] = {}
    for buyer in told["buyers"]:
        for part in buyer["parts"]:
            key = (buyer["buyer"], part["item"], part["zone"])
            got[key] = got.get(key, 0) + part["quantity"]
    wanted = {(d.buyer, d.item, d.zone): d.quantity for d in problem.demands if (d.item, d.zone) not in unfilled}
    assert got == wanted
