"""What must not matter does not: names, order, a scale of prices, dearer offers, how a buyer writes its demand."""

from __future__ import annotations

import json
import random
from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.award.solver.search import find_award
from kyodo.engines.award.tests.drawn import draw_small, problem_of
from kyodo.engines.patience import Patience

SEEDS = st.integers(0, 2**40)


def outcome(document):
    found = find_award(problem_of(document), Patience(30))
    return found.status, found.unfilled, found.total


@settings(max_examples=120, deadline=None, derandomize=True)
@given(SEEDS)
def test_order_and_names_do_not_change_the_total(seed):
    rng = random.Random(seed)
    document = draw_small(rng)
    other = deepcopy(document)
    for part in ("demands", "offers", "packages", "suppliers"):
        rng.shuffle(other[part])
    text = json.dumps(other)
    for number in range(3):
        text = text.replace(f'"s{number}"', f'"x{9 - number}"')
    assert outcome(json.loads(text)) == outcome(document)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(SEEDS, st.sampled_from([2, 7, 1000]))
def test_prices_in_another_scale_give_the_total_in_that_scale(seed, scale):
    document = draw_small(random.Random(seed))
    other = deepcopy(document)
    for offer in other["offers"]:
        for tier in offer["tiers"]:
            tier["unit_price"] *= scale
        offer["fixed_fee"] = offer.get("fixed_fee", 0) * scale
    for package in other["packages"]:
        package["price"] *= scale
    for lot in other.get("lots", []):
        lot["reserve"] *= scale
    if "budget" in other["rules"]:
        other["rules"]["budget"] *= scale
    status, unfilled, total = outcome(document)
    assert outcome(other) == (status, unfilled, None if total is None else total * scale)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(SEEDS)
def test_a_dearer_copy_of_an_offer_changes_nothing_without_a_share_rule(seed):
    document = draw_small(random.Random(seed))
    for supplier in document["suppliers"]:
        supplier.pop("max_share", None)
    other = deepcopy(document)
    for offer in document["offers"][:2]:
        copy = deepcopy(offer)
        copy["id"] += "x"
        for tier in copy["tiers"]:
            tier["unit_price"] += 3
        other["offers"].append(copy)
    assert outcome(other)[2] == outcome(document)[2] or document["rules"].get("single_source_per_lot") is False


@settings(max_examples=120, deadline=None, derandomize=True)
@given(SEEDS)
def test_splitting_a_demand_among_buyers_changes_nothing(seed):
    document = draw_small(random.Random(seed))
    other = deepcopy(document)
    for row in list(other["demands"]):
        if row["quantity"] >= 2:
            row["quantity"] -= 1
            other["demands"].append({**row, "buyer": row["buyer"] + "-branch", "quantity": 1})
    assert outcome(other) == outcome(document)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SEEDS)
def test_a_cheaper_offer_never_raises_the_total_without_a_share_rule(seed):
    """With a share rule it may: spending less on others tightens everybody's share."""
    rng = random.Random(seed)
    document = draw_small(rng)
    for supplier in document["suppliers"]:
        supplier.pop("max_share", None)
    other = deepcopy(document)
    if not other["offers"]:
        return
    for tier in rng.choice(other["offers"])["tiers"]:
        tier["unit_price"] = max(0, tier["unit_price"] - rng.randint(1, 3))
    before, after = outcome(document), outcome(other)
    if before[0] == "optimal" and before[1] == after[1]:
        assert after[2] <= before[2]
