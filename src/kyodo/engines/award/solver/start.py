"""An award to begin with: greedy by price, then local search, in exact integers, within a moment.

It makes sure that there is an answer at any time limit, and gives the exact search something to prune with. Rules over
the whole award are met by a penalty that grows; what the checker does not pass is thrown away.
"""

from __future__ import annotations

import random
from collections import defaultdict

from kyodo.engines.award.pricing import price, unit_price
from kyodo.engines.award.problem import Award, Problem
from kyodo.engines.award.solver.choices import Choice, technically_fit
from kyodo.engines.award.verify import verify

ROUNDS = 30  # of local search at most; each visits every lot once
GOOD_ROUNDS = 1  # stop after so many rounds once all rules hold: the exact search is better from there on


def start_single(problem: Problem, choices: list[Choice], seed: int) -> Award | None:
    """A valid single-source award, or None if none was found."""
    search = _LocalSearch(problem, choices, seed)
    return search.run()


class _LocalSearch:
    """Lots served by choices; moves put another choice in and refill what it pushes out."""

    def __init__(self, problem: Problem, choices: list[Choice], seed: int) -> None:
        self.problem = problem
        self.choices = choices
        self.random = random.Random(seed)  # noqa: S311  (no secret: the same seed must give the same award)
        self.at: dict[int, list[int]] = defaultdict(list)
        for number, choice in enumerate(choices):
            for lot in choice.lots:
                self.at[lot].append(number)
        for numbers in self.at.values():
            numbers.sort(key=lambda number: choices[number].amount / len(choices[number].lots))
        self.single = {
            lot: [number for number in self.at[lot] if len(choices[number].lots) == 1]
            for lot in range(len(problem.lots))
        }
        self.share = {s.id: s.max_share for s in problem.suppliers if s.max_share is not None}
        self.weight = 2.0
        self.serving: dict[int, int] = {}
        self.spend: dict[str, int] = defaultdict(int)
        self.units: dict[tuple[str, str], int] = defaultdict(int)
        self.lots_of: dict[str, int] = defaultdict(int)
        self.used: dict[int, int] = defaultdict(int)
        self.best: tuple[int, int, Award] | None = None
        rules = problem.rules
        self.whole_rules = bool(
            self.share
            or rules.budget is not None
            or rules.min_winners
            or rules.max_winners is not None
            or any(supplier.max_lots is not None for supplier in problem.suppliers)
        )

    def run(self) -> Award | None:
        for lot in range(len(self.problem.lots)):
            if lot not in self.serving:
                self._fill(lot)
        self._keep()
        for _round in range(ROUNDS):
            order = list(range(len(self.problem.lots)))
            self.random.shuffle(order)
            moved = sum(self._improve(lot) for lot in order)
            self._keep()
            broken = self._broken()
            if not broken and (not moved or _round >= GOOD_ROUNDS):
                break
            self.weight *= 1.6 if broken else 0.9
        return self.best[2] if self.best else None

    def _award(self) -> Award:
        parts: dict[tuple[int, int], int] = {}
        packages = set()
        for number in set(self.serving.values()):
            choice = self.choices[number]
            if choice.package is not None:
                packages.add(choice.package)
            elif choice.offer is not None:
                for lot in choice.lots:
                    parts[choice.offer, lot] = self.problem.lots[lot].size
        return Award.of(parts, packages)

    def _keep(self) -> None:
        award = self._award()
        if verify(self.problem, award):
            return
        empty = len(self.problem.lots) - len(self.serving)
        total = price(self.problem, award).total
        if self.best is None or (empty, total) < self.best[:2]:
            self.best = (empty, total, award)

    def _broken(self) -> bool:
        return self._penalty() > 0

    def _penalty(self) -> float:
        """Yen by which rules over the whole award are missed, weighted."""
        if not self.whole_rules:
            return 0.0
        total = sum(self.spend.values())
        missed = 0.0
        for supplier, share in self.share.items():
            missed += max(0, self.spend[supplier] - total * share.numerator / share.denominator)
        if self.problem.rules.budget is not None:
            missed += max(0, total - self.problem.rules.budget)
        average = total / max(1, len(self.problem.lots))
        for supplier_ in self.problem.suppliers:
            if supplier_.max_lots is not None:
                missed += average * max(0, self.lots_of[supplier_.id] - supplier_.max_lots)
        winners = sum(1 for count in self.lots_of.values() if count)
        rules = self.problem.rules
        if rules.max_winners is not None:
            missed += 3 * average * max(0, winners - rules.max_winners)
        if rules.min_winners is not None:
            missed += 3 * average * max(0, rules.min_winners - winners)
        return missed * self.weight

    def _value(self) -> float:
        empty = len(self.problem.lots) - len(self.serving)
        return sum(self.spend.values()) + self._penalty() + empty * 1e15

    def _fits(self, number: int) -> bool:
        choice = self.choices[number]
        if choice.offer is not None and self.used[choice.offer]:
            return False
        supplier = self.problem.supplier_of[choice.supplier]
        added: dict[str, int] = defaultdict(int)
        for lot in choice.lots:
            added[self.problem.lots[lot].item] += self.problem.lots[lot].size
        return all(
            item not in supplier.capacity or self.units[supplier.id, item] + units <= supplier.capacity[item]
            for item, units in added.items()
        )

    def _put(self, number: int, sign: int) -> None:
        choice = self.choices[number]
        self.spend[choice.supplier] += sign * choice.amount
        self.lots_of[choice.supplier] += sign * len(choice.lots)
        if choice.offer is not None:
            self.used[choice.offer] += sign
        for lot in choice.lots:
            wanted = self.problem.lots[lot]
            self.units[choice.supplier, wanted.item] += sign * wanted.size
            if sign > 0:
                self.serving[lot] = number
            else:
                del self.serving[lot]

    def _fill(self, lot: int) -> bool:
        """Serve an empty lot by what costs least now, penalties counted."""
        best, chosen = float("inf"), None
        for number in self.single[lot]:
            if not self._fits(number):
                continue
            self._put(number, 1)
            value = self._value()
            self._put(number, -1)
            if value < best:
                best, chosen = value, number
        if chosen is None:
            for number in self.at[lot]:
                if all(other not in self.serving for other in self.choices[number].lots) and self._fits(number):
                    chosen = number
                    break
        if chosen is not None:
            self._put(chosen, 1)
        return chosen is not None

    def _improve(self, lot: int) -> int:
        """Try the cheapest few other choices for a lot; 1 if one was better."""
        before = self._value()
        for number in self.at[lot][:6]:
            if self.serving.get(lot) == number:
                continue
            snapshot = dict(self.serving)
            pushed = {self.serving[other] for other in self.choices[number].lots if other in self.serving}
            for old in pushed:
                self._put(old, -1)
            if self._fits(number):
                self._put(number, 1)
                for old in sorted(pushed):
                    for other in self.choices[old].lots:
                        if other not in self.serving:
                            self._fill(other)
                if self._value() < before - 0.5:
                    return 1
            self._restore(snapshot)
        return 0

    def _restore(self, snapshot: dict[int, int]) -> None:
        for number in set(self.serving.values()) - set(snapshot.values()):
            self._put(number, -1)
        for number in sorted(set(snapshot.values()) - set(self.serving.values())):
            self._put(number, 1)


def start_several(problem: Problem) -> Award | None:
    """A valid award with shared lots: the dearest lots first, each filled by the cheapest offers with capacity left."""
    left: dict[tuple[str, str], int] = {
        (supplier.id, item): most for supplier in problem.suppliers for item, most in supplier.capacity.items()
    }
    at: dict[int, list[int]] = defaultdict(list)
    for number, lots in enumerate(problem.lots_of_offer):
        supplier = problem.supplier_of[problem.offers[number].supplier]
        for lot in lots:
            if technically_fit(problem, supplier, lot):
                at[lot].append(number)
    parts: dict[tuple[int, int], int] = defaultdict(int)
    for lot, wanted in enumerate(problem.lots):
        short = wanted.size
        while short:
            best: tuple[float, int, int] | None = None
            for number in at[lot]:
                offer = problem.offers[number]
                room = min(short, left.get((offer.supplier, offer.item), short))
                each = unit_price(offer, room)
                if room < 1 or each is None or parts[number, lot]:
                    continue
                candidate = (each + offer.fixed_fee / room, number, room)
                if best is None or candidate < best:
                    best = candidate
            if best is None:
                break
            _each, number, room = best
            parts[number, lot] += room
            key = (problem.offers[number].supplier, wanted.item)
            if key in left:
                left[key] -= room
            short -= room
        if short and problem.rules.allow_unfilled:
            for number in at[lot]:
                parts.pop((number, lot), None)
    award = Award.of(parts, [])
    return award if not verify(problem, award) else None
