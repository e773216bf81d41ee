"""The savings game: c(S), the least price of what the buyers of S want, were they alone.

Tiers, fees and technical minima hold; capacity, share, winners, lots a supplier, reserves and budget are dropped; a
package is open to S only when S holds every buyer of its lots. Where nobody sells as little as S wants, S pays for the
cheapest minimum order.

Where prices never rise with quantity and no offer spans zones, one offer serves each lot best, so c is a sum of tables
by lot, plus a set packing over the packages that are open. Everything else is asked of the solver, once a demand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.award.pricing import whole_price
from kyodo.engines.award.problem import Demand, Evaluation, Offer, Problem, Rules, lots_from
from kyodo.engines.award.solver.choices import technically_fit
from kyodo.engines.award.solver.search import find_award
from kyodo.engines.patience import Patience

Whole = NDArray[np.int64]

LARGEST_TABLE = 3_000_000  # units of a lot that are tabled; beyond, the solver is asked
NOWHERE = 2**53


class SavingsGame:
    """Costs of coalitions of buyers.

    Parameters
    ----------
    problem : Problem
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.buyers = problem.buyers
        self.number = {buyer: n for n, buyer in enumerate(self.buyers)}
        self.wanted: list[dict[int, int]] = [defaultdict(int) for _lot in problem.lots]
        for demand in problem.demands:
            lot = problem.lot_number[demand.item, demand.zone]
            self.wanted[lot][self.number[demand.buyer]] += demand.quantity
        self.holders = [
            frozenset(buyer for lot in lots for buyer in self.wanted[lot]) for lots in problem.lots_of_package
        ]
        self.by_lot = self._separable()
        self.tables = [self._table(lot) for lot in range(len(problem.lots))] if self.by_lot else []
        self.solved = lru_cache(maxsize=None)(self._solved)
        self.packed = lru_cache(maxsize=None)(self._packed)

    @property
    def tier_only(self) -> bool:
        """Whether c is a sum over lots alone."""
        return self.by_lot and not self.problem.packages

    def cost(self, coalition: Iterable[int]) -> int:
        """c(S) in yen for buyer numbers S."""
        members = frozenset(coalition)
        if not members:
            return 0
        if not self.by_lot:
            return self.solved(members)
        units = [sum(q for buyer, q in own.items() if buyer in members) for own in self.wanted]
        alone = sum(int(table[count]) for table, count in zip(self.tables, units, strict=True))
        return alone - self.packed(frozenset(n for n, holders in enumerate(self.holders) if holders <= members))

    def _separable(self) -> bool:
        falling = all(
            later.unit_price <= earlier.unit_price
            for offer in self.problem.offers
            for earlier, later in zip(offer.tiers, offer.tiers[1:], strict=False)
        )
        small = all(lot.size <= LARGEST_TABLE for lot in self.problem.lots)
        zones = not any(offer.everywhere for offer in self.problem.offers)
        return zones and small and (falling or self.problem.rules.single_source)

    def _table(self, lot: int) -> Whole:
        """Least yen for 0…size units of a lot by one offer."""
        size = self.problem.lots[lot].size
        table = np.full(size + 1, NOWHERE, dtype=np.int64)
        units = np.arange(size + 1, dtype=np.int64)
        least = NOWHERE
        for offer in self._offers(lot):
            least = min(least, whole_price(offer, offer.tiers[0].minimum) or 0)
            for place, tier in enumerate(offer.tiers):
                end = offer.tiers[place + 1].minimum if place + 1 < len(offer.tiers) else size + 1
                part = slice(tier.minimum, min(end, size + 1))
                np.minimum(table[part], units[part] * tier.unit_price + offer.fixed_fee, out=table[part])
        table[table == NOWHERE] = least
        table[0] = 0
        return table

    def _offers(self, lot: int) -> list[Offer]:
        problem = self.problem
        return [
            offer
            for number, offer in enumerate(problem.offers)
            if lot in problem.lots_of_offer[number]
            and technically_fit(problem, problem.supplier_of[offer.supplier], lot)
        ]

    def _packed(self, open_: frozenset[int]) -> int:
        """The most that disjoint open packages save."""
        gains = []
        for number in sorted(open_):
            lots = self.problem.lots_of_package[number]
            gain = sum(int(self.tables[lot][-1]) for lot in lots) - self.problem.packages[number].price
            if gain > 0:
                gains.append((gain, frozenset(lots)))
        gains.sort(key=lambda pair: -pair[0])
        rest = [0] * (len(gains) + 1)
        for place in range(len(gains) - 1, -1, -1):
            rest[place] = rest[place + 1] + gains[place][0]
        best = 0

        def look(place: int, taken: frozenset[int], gained: int) -> None:
            nonlocal best
            best = max(best, gained)
            if place == len(gains) or gained + rest[place] <= best:
                return
            gain, lots = gains[place]
            if not taken & lots:
                look(place + 1, taken | lots, gained + gain)
            look(place + 1, taken, gained)

        look(0, frozenset(), 0)
        return best

    def _solved(self, members: frozenset[int]) -> int:
        found = find_award(self.alone(members), Patience())
        if found.total is not None:
            return found.total
        eased = self.alone(members)
        eased = replace(eased, offers=tuple(_any_quantity(offer) for offer in eased.offers))
        return find_award(eased, Patience()).total or 0

    def alone(self, members: frozenset[int]) -> Problem:
        """The problem of a coalition, with the rules that do not count dropped."""
        problem = self.problem
        demands: tuple[Demand, ...] = tuple(d for d in problem.demands if self.number[d.buyer] in members)
        return replace(
            problem,
            demands=demands,
            lots=lots_from(demands, {}),
            packages=tuple(p for n, p in enumerate(problem.packages) if self.holders[n] <= members),
            suppliers=tuple(replace(s, max_share=None, capacity={}, max_lots=None) for s in problem.suppliers),
            rules=Rules(single_source=problem.rules.single_source),
            evaluation=Evaluation(minimum_technical=problem.evaluation.minimum_technical),
        )


def _any_quantity(offer: Offer) -> Offer:
    """The offer with its minimum order charged in full: below it, as a fee of the whole minimum order."""
    first = offer.tiers[0]
    floor = first.minimum * first.unit_price
    return replace(offer, tiers=(replace(first, minimum=1, unit_price=0),), fixed_fee=offer.fixed_fee + floor)
