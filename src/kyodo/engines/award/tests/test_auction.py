"""A surplus sale with package bids brings the highest revenue, and the proof of it."""

from __future__ import annotations

import json
import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.award.auction import Auction, Bid, read_auction, solve_auction, undominated, verify_auction
from kyodo.engines.award.reading import BadInputError, parse_document


def draw(rng: random.Random) -> Auction:
    goods, dummies = rng.randint(1, 6), rng.randint(0, 2)
    bids = [
        Bid(f"b{n}", rng.randint(0, 30), frozenset(rng.sample(range(goods + dummies), rng.randint(1, min(3, goods)))))
        for n in range(rng.randint(0, 9))
    ]
    return Auction(goods, dummies, tuple(bids))


@settings(max_examples=600, deadline=None, derandomize=True)
@given(st.integers(0, 2**40))
def test_the_revenue_is_that_of_exhaustive_search(seed):
    auction = draw(random.Random(seed))
    best = 0
    for taken in product([False, True], repeat=len(auction.bids)):
        chosen = tuple(n for n, flag in enumerate(taken) if flag)
        total = sum(auction.bids[n].price for n in chosen)
        if verify_auction(auction, chosen, total):
            best = max(best, total)
    result = solve_auction(auction)
    assert (result.status, result.total, result.bound) == ("optimal", best, best)
    assert verify_auction(auction, result.winners, result.total)


def test_a_bid_that_asks_more_goods_for_no_more_money_is_left_out():
    bids = (Bid("a", 10, frozenset({0, 1})), Bid("b", 10, frozenset({0})), Bid("c", 10, frozenset({0})))
    assert undominated(Auction(2, 0, bids)) == [1]


def test_dummies_tie_alternatives_of_one_bidder():
    bids = (Bid("a", 10, frozenset({0, 2})), Bid("b", 10, frozenset({1, 2})))
    assert solve_auction(Auction(2, 1, bids)).total == 10


def test_without_time_the_best_so_far_is_marked_feasible():
    rng = random.Random(1)
    bids = tuple(Bid(f"b{n}", rng.randint(10, 99), frozenset(rng.sample(range(40), 4))) for n in range(300))
    result = solve_auction(Auction(40, 0, bids), time_limit=1e-9)
    assert result.status == "feasible"
    assert result.bound > result.total > 0


@pytest.mark.parametrize(
    ("bid", "where"),
    [
        ({"id": "x", "price": -1, "goods": [0]}, "$.bids[1].price"),
        ({"id": "x", "price": 1.5, "goods": [0]}, "$.bids[1].price"),
        ({"id": "x", "price": 1, "goods": [9]}, "$.bids[1].goods[0]"),
        ({"id": "x", "price": 1, "goods": [0, 0]}, "$.bids[1].goods[1]"),
        ({"id": "x", "price": 1, "goods": []}, "$.bids[1].goods"),
        ({"id": "b0", "price": 1, "goods": [0]}, "$.bids[1].id"),
        ({"id": "x", "cost": 1, "goods": [0]}, "$.bids[1].cost"),
    ],
)
def test_a_wrong_bid_is_named_with_its_path(bid, where):
    document = {
        "format": "kyodo-award-auction/1",
        "goods": 2,
        "dummy": 1,
        "bids": [{"id": "b0", "price": 1, "goods": [0]}, bid],
    }
    with pytest.raises(BadInputError) as caught:
        read_auction(parse_document(json.dumps(document).encode()))
    assert where in {fault.where for fault in caught.value.faults}
