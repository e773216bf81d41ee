"""Officers see what a rule costs and what would be without a supplier, before they sign."""

from __future__ import annotations

import pytest

from kyodo.engines.award.solve import solve
from kyodo.engines.award.tests.drawn import problem_of
from kyodo.engines.award.tests.tenders import lamp_tender, two_lot_tender
from kyodo.engines.award.what_if import UnknownChangeError


def test_totals_without_a_supplier_with_local_ones_and_with_fewer_winners():
    document = two_lot_tender(packages=[])
    document["suppliers"][1]["local"] = True
    document["offers"][1]["tiers"][0]["unit_price"] = 90
    result = solve(problem_of(document), changes=["without:b", "local", "winners:1", "without:a"]).document()
    assert result["total"] == 2700 + 5000
    assert [(row["change"], row["total"]) for row in result["what_if"]] == [
        ("without:b", 8000),
        ("local", 2700 + 5200),
        ("winners:1", 2700 + 5200),
        ("without:a", 2700 + 5200),
    ]


def test_a_change_that_leaves_no_award_is_told_as_infeasible():
    result = solve(problem_of(lamp_tender()), changes=["local"]).document()
    assert result["what_if"] == [{"change": "local", "total": None, "status": "infeasible"}]


def test_the_price_of_each_rule_is_what_the_total_would_be_without_it():
    document = two_lot_tender(packages=[], rules={"min_winners": 2, "budget": 9000})
    document["suppliers"][0]["max_lots"] = 1
    result = solve(problem_of(document), changes=["rules"]).document()
    prices = {row["rule"]: row["total_without"] for row in result["rule_prices"]}
    assert prices == {
        "budget": 8200,
        "min_winners": 8200,
        "max_lots": 8200,
        "single_source_per_lot": 8200,
    }
    document["rules"] = {}
    result = solve(problem_of(document), changes=["rules"]).document()
    assert {row["rule"]: row["total_without"] for row in result["rule_prices"]}["max_lots"] == 8000


@pytest.mark.parametrize("change", ["without:nobody", "winners:0", "winners:x", "sooner"])
def test_a_change_that_nobody_knows_is_refused(change):
    with pytest.raises(UnknownChangeError):
        solve(problem_of(lamp_tender()), changes=[change])


def test_a_share_rule_that_binds_is_warned_of():
    document = two_lot_tender(packages=[])
    document["suppliers"][0]["max_share"] = 0.625
    (warning,) = solve(problem_of(document)).document("en")["warnings"]
    assert warning.startswith("The share limits cost 200 yen.")
