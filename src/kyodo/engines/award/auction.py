"""Combinatorial auctions (`kyodo-award-auction/1`): weighted set packing, the form of surplus sales with package bids.

A good goes to at most one bid; dummy goods tie bids that exclude each other. Bids that another bid dominates are left
out; conflicts are written as goods (each good is a clique), and cliques over several goods are added as cuts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from kyodo.engines.award.problem import LARGEST_TOTAL
from kyodo.engines.award.solver.cliques import add_clique_cuts
from kyodo.engines.award.solver.highs import Options
from kyodo.engines.award.solver.model import INFINITY, Model, as_matrix
from kyodo.engines.award.solver.narrowing import minimise_narrowed
from kyodo.engines.award.verify import CheckFailedError
from kyodo.engines.patience import Patience
from kyodo.engines.reading.document import BadInputError
from kyodo.engines.reading.fields import Fields, Notes, whole_number
from kyodo.engines.words import _

FORMAT = "kyodo-award-auction/1"
RESULT_FORMAT = "kyodo-award-auction-result/1"

# After the cuts little is left to fix: HiGHS would presolve again and again for it.
OPTIONS: Options = {"mip_allow_restart": False}


@dataclass(frozen=True, slots=True)
class Bid:
    """A price for a set of goods."""

    id: str
    price: int
    goods: frozenset[int]


@dataclass(frozen=True, slots=True)
class Auction:
    """Goods 0…n−1 are real, n…n+k−1 dummies.

    Parameters
    ----------
    goods, dummies : int
    bids : tuple of Bid
    """

    goods: int
    dummies: int
    bids: tuple[Bid, ...]


@dataclass(frozen=True, slots=True)
class AuctionResult:
    """The winners and the proof.

    Parameters
    ----------
    status : str
    total, bound : int
        Revenue, and what no allocation can exceed.
    winners : tuple of int
        Numbers of bids.
    """

    status: str
    total: int
    bound: int
    winners: tuple[int, ...]
    seconds: float = 0.0

    def document(self, auction: Auction) -> dict[str, Any]:
        """The result file's content."""
        gap = 0.0 if self.bound == self.total else (self.bound - self.total) / max(1, self.total)
        return {
            "format": RESULT_FORMAT,
            "status": self.status,
            "total": self.total,
            "bound": self.bound,
            "gap": gap,
            "winners": [auction.bids[number].id for number in self.winners],
            "seconds": round(self.seconds, 3),
        }


def read_auction(document: Any) -> Auction:
    """Validate a parsed auction file.

    Raises
    ------
    BadInputError
        With every fault and its JSON path.
    """
    notes = Notes()
    top = Fields(document, "$", notes, ("format", "goods", "dummy", "bids"))
    if not top.sound:
        raise BadInputError(notes.faults)
    if top.text("format") not in (FORMAT, None):
        notes.wrong("$.format", _("知らない形式です"), _("形式 {form}"), form=FORMAT)
    goods = top.whole("goods", least=1) or 0
    dummies = top.whole("dummy", needed=False) or 0
    bids: list[Bid] = []
    seen: dict[str, str] = {}
    for where, value in top.rows("bids"):
        row = Fields(value, where, notes, ("id", "price", "goods"))
        identity, price = row.text("id"), row.whole("price")
        wanted = _goods(row, notes, goods + dummies)
        if identity is None or price is None:
            continue
        if identity in seen:
            notes.wrong(
                f"{where}.id",
                _("識別子 {identity} は {first} と重なっています"),
                _("ほかにない識別子"),
                identity=identity,
                first=seen[identity],
            )
        seen[identity] = where
        bids.append(Bid(identity, price, frozenset(wanted)))
    if sum(bid.price for bid in bids) > LARGEST_TOTAL:
        notes.wrong("$", _("合計が2の53乗を超えることがあります"), _("より小さい単価か数量"))
    if notes.faults:
        raise BadInputError(notes.faults)
    return Auction(goods, dummies, tuple(bids))


def _goods(row: Fields, notes: Notes, count: int) -> list[int]:
    found: list[int] = []
    for where, value in row.rows("goods", filled=True):
        good = whole_number(value, where, notes, least=0)
        if good is None:
            continue
        if good >= count:
            notes.wrong(where, _("{good} 番の財はありません"), _("{most} 以下の番号"), good=good, most=count - 1)
        elif good in found:
            notes.wrong(where, _("{good} 番の財が二度あります"), _("財は一度"), good=good)
        found.append(good)
    return found


def verify_auction(auction: Auction, winners: tuple[int, ...], total: int) -> bool:
    """Whether no good is given twice and the revenue is right."""
    given = [good for number in winners for good in auction.bids[number].goods]
    return len(given) == len(set(given)) and sum(auction.bids[number].price for number in winners) == total


def solve_auction(auction: Auction, *, time_limit: float = inf) -> AuctionResult:
    """Choose the bids of the highest revenue.

    Parameters
    ----------
    auction : Auction
    time_limit : float
        Seconds; the best allocation so far is given then, as `feasible`.

    Returns
    -------
    AuctionResult
    """
    with Patience(time_limit) as patience:
        kept = undominated(auction)
        best = _greedy(auction, kept)
        model = auction_model(auction, kept)
        add_clique_cuts(model, [auction.bids[number].goods for number in kept], patience)
        outcome = minimise_narrowed(as_matrix(model), patience, options=OPTIONS)
        bound = float(sum(auction.bids[number].price for number in kept))
        if np.isfinite(outcome.bound):
            bound = min(bound, -outcome.bound)
        if outcome.values is not None:
            proposal = {number for place, number in enumerate(kept) if outcome.values[place] > 0.5}
            if _revenue(auction, proposal) >= _revenue(auction, best):
                best = proposal
        winners, total = tuple(sorted(best)), _revenue(auction, best)
        if not verify_auction(auction, winners, total):
            raise CheckFailedError("auction")
        proven = bound - total < 0.999
        whole = total if proven else int(bound + 1e-6)
        return AuctionResult("optimal" if proven else "feasible", total, whole, winners, patience.used)


def undominated(auction: Auction) -> list[int]:
    """Bids for which no other bid asks for a part of the same goods and pays as much (of equals, the first stays)."""
    by_good: dict[int, list[int]] = defaultdict(list)
    kept: list[int] = []
    order = sorted(range(len(auction.bids)), key=lambda n: (len(auction.bids[n].goods), -auction.bids[n].price, n))
    for number in order:
        bid = auction.bids[number]
        if bid.price == 0:
            continue
        rivals = (other for good in bid.goods for other in by_good[good])
        if any(auction.bids[o].price >= bid.price and auction.bids[o].goods <= bid.goods for o in rivals):
            continue
        by_good[min(bid.goods)].append(number)
        kept.append(number)
    return sorted(kept)


def auction_model(auction: Auction, kept: list[int]) -> Model:
    """One 0/1 column a bid, one row a good: each good is a clique of the bids that want it."""
    model = Model()
    by_good: dict[int, dict[int, int]] = defaultdict(dict)
    for number in kept:
        column = model.column(-auction.bids[number].price)
        for good in auction.bids[number].goods:
            by_good[good][column] = 1
    for _good, terms in sorted(by_good.items()):
        if len(terms) > 1:
            model.row("", terms, -INFINITY, 1)
    return model


def _greedy(auction: Auction, kept: list[int]) -> set[int]:
    """By price over the square root of the number of goods (Lehmann, O'Callaghan and Shoham 2002)."""
    taken: set[int] = set()
    chosen: set[int] = set()
    for number in sorted(kept, key=lambda n: -auction.bids[n].price / len(auction.bids[n].goods) ** 0.5):
        if not taken & auction.bids[number].goods:
            taken |= auction.bids[number].goods
            chosen.add(number)
    return chosen


def _revenue(auction: Auction, chosen: set[int]) -> int:
    return sum(auction.bids[number].price for number in chosen)
