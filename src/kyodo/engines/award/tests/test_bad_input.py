"""Whoever hands in a broken file learns everything that is wrong with it, and where, before anything is awarded."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from kyodo.engines.award.reading import BadInputError, load_document, parse_document, read_problem
from kyodo.engines.award.tests.tenders import lamp_tender, offer, two_lot_tender


def faults_of(document):
    """Path and English text of each fault."""
    with pytest.raises(BadInputError) as caught:
        read_problem(parse_document(json.dumps(document).encode()))
    return {fault.where: fault.what.template for fault in caught.value.faults}


def changed(path, value, document=None):
    """A sound tender with one thing replaced."""
    document = deepcopy(document or two_lot_tender())
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("offers", 0, "tiers", 0, "unit_price"), -1, "$.offers[0].tiers[0].unit_price"),
        (("offers", 0, "tiers", 0, "unit_price"), 99.5, "$.offers[0].tiers[0].unit_price"),
        (("offers", 0, "tiers", 0, "unit_price"), True, "$.offers[0].tiers[0].unit_price"),
        (("offers", 0, "tiers", 0, "unit_price"), "100", "$.offers[0].tiers[0].unit_price"),
        (("offers", 0, "tiers", 0, "unit_price"), float("nan"), "$.offers[0].tiers[0].unit_price"),
        (("offers", 0, "tiers", 0, "unit_price"), float("inf"), "$.offers[0].tiers[0].unit_price"),
        (("offers", 0, "tiers", 0, "min"), 0, "$.offers[0].tiers[0].min"),
        (("offers", 0, "tiers"), [], "$.offers[0].tiers"),
        (
            ("offers", 0, "tiers"),
            [{"min": 5, "unit_price": 1}, {"min": 5, "unit_price": 1}],
            "$.offers[0].tiers[1].min",
        ),
        (("offers", 0, "fixed_fee"), -5, "$.offers[0].fixed_fee"),
        (("offers", 1, "id"), "o1", "$.offers[1].id"),
        (("offers", 1, "supplier"), "z", "$.offers[1].supplier"),
        (("offers", 1, "item"), "lmap", "$.offers[1].item"),
        (("offers", 1, "tires"), [], "$.offers[1].tires"),
        (("demands", 0, "quantity"), 0, "$.demands[0].quantity"),
        (("demands", 0, "quantity"), 1.5, "$.demands[0].quantity"),
        (("demands", 0, "zone"), "*", "$.demands[0].zone"),
        (("demands", 0, "buyer"), "south", "$.demands[1]"),
        (("demands", 0, "item"), "chair", "$.demands[0].item"),
        (("demands",), [], "$.demands"),
        (("demands",), {}, "$.demands"),
        (("suppliers", 0, "max_share"), 1.01, "$.suppliers[0].max_share"),
        (("suppliers", 0, "max_share"), -0.1, "$.suppliers[0].max_share"),
        (("suppliers", 0, "max_share"), True, "$.suppliers[0].max_share"),
        (("suppliers", 0, "capacity"), {"lamp": 1.5}, "$.suppliers[0].capacity.lamp"),
        (("suppliers", 0, "capacity"), {"chair": 1}, "$.suppliers[0].capacity.chair"),
        (("suppliers", 0, "local"), "yes", "$.suppliers[0].local"),
        (("suppliers", 0, "id"), "b", "$.suppliers[1].id"),
        (("packages", 0, "covers", 0, "zone"), "w", "$.packages[0].covers[0]"),
        (("packages", 0, "covers", 1), {"item": "lamp", "zone": "e"}, "$.packages[0].covers[1]"),
        (("packages", 0, "covers"), [], "$.packages[0].covers"),
        (("packages", 0, "price"), 10**17, "$.packages[0].price"),
        (("format",), "kyodo-award/2", "$.format"),
        (("currency",), "EUR", "$.currency"),
        (("rules",), {"tie": "coin"}, "$.rules.tie"),
        (("rules",), {"tie": {"draw": True}}, "$.rules.tie.draw"),
        (("rules",), {"min_winners": 3, "max_winners": 2}, "$.rules.min_winners"),
        (("rules",), {"budget": 1.5}, "$.rules.budget"),
        (("rules",), [], "$.rules"),
        (("evaluation",), {"method": "cheapest"}, "$.evaluation.method"),
        (("lots",), [{"item": "lamp", "zone": "e", "reserve": -1}], "$.lots[0].reserve"),
        (("offers", 0, "tiers", 0, "unit_price"), 2**50, "$.offers[0].tiers"),
    ],
)
def test_a_single_fault_is_named_with_its_path(path, value, where):
    assert where in faults_of(changed(path, value))


def test_all_faults_are_told_at_once():
    document = two_lot_tender()
    document["offers"][0]["tiers"][0]["unit_price"] = -1
    document["offers"][1]["supplier"] = "nobody"
    document["demands"][2]["quantity"] = 0
    document["suppliers"][0]["max_share"] = 2
    document["oops"] = 1
    assert len(faults_of(document)) >= 5


def test_an_unknown_field_is_told_with_the_nearest_known_one():
    with pytest.raises(BadInputError) as caught:
        read_problem(parse_document(json.dumps(changed(("suplliers",), [])).encode()))
    assert "suppliers" in caught.value.faults[0].said("en")


def test_a_supplier_with_zone_and_all_zone_offers_on_one_item_is_refused():
    document = two_lot_tender()
    document["offers"].append(offer("o9", "a", 90, zone="*"))
    assert "$.offers[4].zone" in faults_of(document)


def test_keys_written_twice_are_found_at_every_depth():
    text = json.dumps(lamp_tender()).replace('"id": "a"', '"id": "a", "id": "a"', 1)
    with pytest.raises(BadInputError) as caught:
        read_problem(parse_document(text.encode()))
    assert [fault.where for fault in caught.value.faults] == ["$.suppliers[0].id"]


def test_totals_past_two_to_the_53_are_refused():
    document = two_lot_tender()
    for row in document["offers"]:
        row["tiers"][0]["unit_price"] = 2**48
    assert "$" in faults_of(document)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"rules": {"single_source_per_lot": False}}, "$.rules.single_source_per_lot"),
        ({"lots": []}, "$.lots"),
        ({"evaluation": {"method": "additive"}}, "$.evaluation.price_points"),
    ],
)
def test_points_say_what_they_need(change, where):
    document = two_lot_tender(
        evaluation={"method": "additive", "price_points": 30},
        lots=[{"item": item, "zone": "e", "reserve": 9000} for item in ("lamp", "desk")],
    )
    found = faults_of({**document, **change})
    assert where in found
    assert "$.packages[0]" in found


def test_division_by_a_free_offer_is_refused():
    document = lamp_tender(
        offers=[offer("o1", "a", 0)],
        evaluation={"method": "division"},
        lots=[{"item": "lamp", "zone": "e", "reserve": 9000}],
    )
    assert "$.offers[0].tiers[0].unit_price" in faults_of(document)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b'{"format": "kyodo-award/1",\n "items": [', "line 2"),
        (b"\xff\xfe{}", "line 1"),
        (b'{"a": 1,}', "line 1"),
        (b"", "line 1"),
        (b"[" * 100_000, "$"),
    ],
)
def test_a_text_that_is_no_json_is_told_by_its_line(data, where):
    with pytest.raises(BadInputError) as caught:
        parse_document(data)
    assert caught.value.faults[0].where == where


@pytest.mark.parametrize("document", [[], 1, None, "x"])
def test_something_else_than_an_object_is_refused(document):
    assert "$" in faults_of(document)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(BadInputError):
        load_document(tmp_path / "nothing.json")


def test_numbers_of_absurd_length_are_refused_quickly():
    text = json.dumps(lamp_tender()).replace('"quantity": 10', '"quantity": 1' + "0" * 5000, 1)
    with pytest.raises(BadInputError):
        read_problem(parse_document(text.encode()))
    text = json.dumps(lamp_tender()).replace('"quantity": 10', '"quantity": 1e999999999', 1)
    with pytest.raises(BadInputError):
        read_problem(parse_document(text.encode()))


def test_an_offer_that_nobody_wants_is_only_a_warning():
    document = lamp_tender()
    document["offers"].append(offer("o9", "a", 5, zone="w"))
    _problem, warnings = read_problem(parse_document(json.dumps(document).encode()))
    assert [warning.facts["offer"] for warning in warnings] == ["o9"]


def test_decimals_stay_exactly_as_written():
    document = lamp_tender()
    document["suppliers"][0]["max_share"] = 0.35
    problem, _warnings = read_problem(parse_document(json.dumps(document).encode()))
    share = problem.suppliers[0].max_share
    assert share is not None
    assert (share.numerator, share.denominator) == (7, 20)
