"""Each rule holds exactly up to its edge: one unit, yen or lot more or less decides."""

from __future__ import annotations

import pytest

from kyodo.engines.award.solve import solve
from kyodo.engines.award.tests.drawn import problem_of
from kyodo.engines.award.tests.tenders import lamp_tender, offer, two_lot_tender


def total_of(document):
    result = solve(problem_of(document))
    assert result.status in ("optimal", "infeasible")
    return result.found.total


@pytest.mark.parametrize(("minimum", "total"), [(29, 30 * 50), (30, 30 * 50), (31, 30 * 100)])
def test_a_tier_is_reached_by_its_minimum_and_not_one_below(minimum, total):
    assert total_of(lamp_tender(offers=[offer("o1", "a", 100, (minimum, 50))])) == total


@pytest.mark.parametrize(("minimum", "status"), [(30, "optimal"), (31, "infeasible")])
def test_a_minimum_order_of_the_whole_lot_can_be_met(minimum, status):
    assert solve(problem_of(lamp_tender(offers=[offer("o1", "a", (minimum, 50))]))).status == status


@pytest.mark.parametrize(("budget", "total"), [(3000, 3000), (2999, None)])
def test_a_budget_may_be_spent_to_the_yen(budget, total):
    assert total_of(lamp_tender(rules={"budget": budget})) == total


@pytest.mark.parametrize(("capacity", "total"), [(30, 3000), (29, 3300)])
def test_a_capacity_may_be_used_to_the_unit(capacity, total):
    document = lamp_tender()
    document["suppliers"][0]["capacity"] = {"lamp": capacity}
    assert total_of(document) == total


@pytest.mark.parametrize(("capacity", "total"), [(29, 29 * 100 + 110), (1, 100 + 29 * 110)])
def test_a_shared_lot_takes_all_that_the_cheapest_has(capacity, total):
    document = lamp_tender(rules={"single_source_per_lot": False})
    document["suppliers"][0]["capacity"] = {"lamp": capacity}
    assert total_of(document) == total


@pytest.mark.parametrize(("lots", "total"), [(2, 8000), (1, 3000 + 5200)])
def test_as_many_lots_as_allowed_can_be_won(lots, total):
    document = two_lot_tender()
    document["suppliers"][0]["max_lots"] = lots
    assert total_of(document) == total


@pytest.mark.parametrize(
    ("share", "total"),
    [(0.625, 8000), (0.6249, None), (0.63, 8000)],
)
def test_a_share_may_be_met_exactly(share, total):
    """Lamps by b at 3,000 and desks by a at 5,000: a has exactly 62.5%."""
    document = two_lot_tender(packages=[], offers=[offer("o1", "b", 100), offer("o3", "a", 500, item="desk")])
    document["suppliers"][0]["max_share"] = share
    assert total_of(document) == total


@pytest.mark.parametrize(("most", "total"), [(2, 3000 + 5000), (1, 3000 + 5200)])
def test_as_many_winners_as_allowed_can_win(most, total):
    offers = [offer("o1", "a", 100), offer("o3", "b", 500, item="desk"), offer("o4", "a", 520, item="desk")]
    assert total_of(two_lot_tender(packages=[], offers=offers, rules={"max_winners": most})) == total


@pytest.mark.parametrize(("least", "total"), [(1, 8000), (2, 3000 + 5200), (3, None)])
def test_as_few_winners_as_asked_for_do(least, total):
    """Desks by b cost 200 more, lamps by b 300 more: with two winners b gets the desks."""
    assert total_of(two_lot_tender(packages=[], rules={"min_winners": least})) == total


@pytest.mark.parametrize(("reserve", "total"), [(3000, 3000), (2999, None)])
def test_a_reserve_may_be_paid_to_the_yen(reserve, total):
    assert total_of(lamp_tender(lots=[{"item": "lamp", "zone": "e", "reserve": reserve}])) == total


@pytest.mark.parametrize(("fee", "total"), [(299, 3299), (301, 3300)])
def test_a_fee_counts_once(fee, total):
    document = lamp_tender()
    document["offers"][0]["fixed_fee"] = fee
    assert total_of(document) == total


@pytest.mark.parametrize(("price", "total"), [(7999, 7999), (8001, 8000)])
def test_a_package_that_covers_everything_wins_by_a_yen(price, total):
    document = two_lot_tender()
    document["packages"][0]["price"] = price
    assert total_of(document) == total


def test_a_demand_of_one_is_awarded():
    document = lamp_tender(demands=[{"buyer": "north", "item": "lamp", "zone": "e", "quantity": 1}])
    assert total_of(document) == 100


def test_an_offer_over_all_zones_reaches_its_tier_by_their_sum():
    """30 in each zone; 60 together reach the tier, each zone alone does not."""
    demands = [{"buyer": "n", "item": "lamp", "zone": zone, "quantity": 30} for zone in ("e", "w")]
    offers = [offer("o1", "a", 100, (60, 80), zone="*"), offer("o2", "b", 85), offer("o3", "b", 85, zone="w")]
    assert total_of(lamp_tender(demands=demands, offers=offers)) == 60 * 80
    offers[0] = offer("o1", "a", 100, (61, 80), zone="*")
    assert total_of(lamp_tender(demands=demands, offers=offers)) == 60 * 85


def test_an_offer_over_more_zones_than_sets_are_listed_for_is_awarded_too():
    zones = [f"z{n}" for n in range(10)]
    demands = [{"buyer": "n", "item": "lamp", "zone": zone, "quantity": 3} for zone in zones]
    offers = [offer("o0", "a", 100, (24, 80), zone="*"), *(offer(f"p{z}", "b", 90, zone=z) for z in zones[:2])]
    result = solve(problem_of(lamp_tender(demands=demands, offers=offers)))
    assert (result.status, result.found.total) == ("optimal", 30 * 80)


def test_a_lot_that_may_stay_unfilled_does_so_only_when_it_must():
    document = two_lot_tender(packages=[], rules={"allow_unfilled": True, "budget": 5000})
    result = solve(problem_of(document)).document()
    assert result["total"] == 3000
    assert result["unfilled"] == [{"item": "desk", "zone": "e"}]
    document["rules"]["budget"] = 8000
    assert solve(problem_of(document)).document()["unfilled"] == []


def test_a_price_that_rises_with_quantity_is_paid():
    document = lamp_tender(offers=[offer("o1", "a", 100, (30, 130)), offer("o2", "b", 120)])
    assert total_of(document) == 30 * 120
    document["rules"] = {"single_source_per_lot": False}
    assert total_of(document) == 29 * 100 + 120


def test_a_free_offer_still_makes_a_winner():
    document = lamp_tender(offers=[offer("o1", "a", 0)], rules={"min_winners": 1})
    assert total_of(document) == 0
