"""Programmes: sets of options that one specialist can carry out. The best at given prices, or all near the best.

A programme's profit is the sum of the prices of its requests less its points. For specialists who take few requests
the best is found by `cells.py`. The search here, for the others and for lists, goes through the requests in the order
of their profit; what the rest can still bring is bounded by a knapsack over requests and half-days, whose table is made
once for each specialist and set of prices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.problem import by_person
from kyodo.engines.matching.solver.cells import MOST_PLACES, Cells, Loads
from kyodo.engines.matching.solver.options import Options
from kyodo.engines.matching.solver.timetable import Item, Timetable

Floats = NDArray[np.float64]
TOLERANCE = 1e-6
LEADING = 60  # requests of a specialist that are looked at one by one; what follows is bounded


@dataclass(frozen=True, slots=True)
class Programme:
    """What one specialist does in the quarter.

    Parameters
    ----------
    person : int
    requests : frozenset of int
    cost : int
        Points.
    options : tuple of int
        Numbers of options.
    """

    person: int
    requests: frozenset[int]
    cost: int
    options: tuple[int, ...]


@dataclass(slots=True)
class Found:
    """What a search brought.

    Parameters
    ----------
    profit : float
        No programme brings more; exact where `whole`.
    programmes : dict by set of requests
        The cheapest of each set.
    whole : bool
        Whether the search came to its end.
    """

    profit: float
    programmes: dict[frozenset[int], Programme]
    whole: bool


class Bench:
    """The specialists with their timetables, and the search for programmes."""

    def __init__(self, options: Options) -> None:
        self.options = options
        held = by_person(options.fixed.values())
        people = range(len(options.problem.specialists))
        self.tables = [Timetable(options.problem, person, held.get(person, ()), options) for person in people]

        self._loads: Loads | None = None
        self._cells: dict[int, Cells] = {}

    def cells(self, person: int) -> Cells | None:
        """The cells of a specialist; None for those who take many requests."""
        if self.tables[person].places > MOST_PLACES:
            return None
        if person not in self._cells:
            self._loads = self._loads or Loads(self.options)
            self._cells[person] = Cells(self.options, self._loads, self.tables[person])
        found = self._cells[person]
        return None if found.choices is None else found

    def best(self, person: int, prices: Floats, nodes: int = 20_000, floor: float = 0.0) -> Found:
        """The most profitable programme of a specialist at the prices of the requests, if it brings over `floor`."""
        cells = self.cells(person)
        if cells is None:
            return self._search(person, prices, None, nodes)
        profit, items = cells.best(prices, floor, TOLERANCE)
        one = None if items is None else self._made(person, items)
        return Found(profit, {one.requests: one} if one else {}, whole=True)

    def several(
        self, person: int, prices: Floats, slack: float, nodes: int, most: int, best: Found | None = None
    ) -> list[Programme]:
        """The best programme and up to so many others within `slack` of it; `best` if it is known already."""
        best = best or self.best(person, prices, nodes)
        cells = self.cells(person)
        found = dict(best.programmes)
        if cells is None:
            for closer in (slack, slack / 3):
                near = self.near(person, prices, max(0.0, best.profit - closer), nodes, most)
                found.update(near.programmes)
                if near.whole:
                    break
        else:
            for items in cells.several(prices, max(TOLERANCE, best.profit - slack), most):
                one = self._made(person, items)
                if one.requests not in found or one.cost < found[one.requests].cost:
                    found[one.requests] = one
        return list(found.values())

    @staticmethod
    def _made(person: int, items: tuple[Item, ...]) -> Programme:
        requests = frozenset(item.request for item in items)
        return Programme(person, requests, sum(item.cost for item in items), tuple(item.number for item in items))

    def near(self, person: int, prices: Floats, floor: float, nodes: int, most: int) -> Found:
        """All programmes that bring `floor` or more, the cheapest of each set of requests."""
        return self._search(person, prices, floor, nodes, most)

    def _search(self, person: int, prices: Floats, floor: float | None, nodes: int, most: int = 1_000_000) -> Found:
        low, high = int(self.options.first[person]), int(self.options.first[person + 1])
        table = self.tables[person]
        if high == low or table.places == 0 or table.area == 0:
            return Found(0.0, {}, whole=True)
        least = TOLERANCE if floor is None else -np.inf
        own = prices[self.options.request[low:high]] - self.options.cost[low:high]
        return _Search(table, own, low, least, floor, nodes, most).run()


class _Search:
    """One search through the programmes of one specialist."""

    def __init__(
        self,
        table: Timetable,
        own: Floats,
        low: int,
        least: float,
        floor: float | None,
        nodes: int,
        most: int,
    ) -> None:
        self.table, self.nodes, self.most = table, nodes, most
        self.all = floor is not None
        self.floor = TOLERANCE if floor is None else floor
        self.tail = self.tail_reached = 0.0
        self.groups = self._grouped(own, low, least)
        self.found: dict[frozenset[int], Programme] = {}
        self.best = 0.0

    def _grouped(self, own: Floats, low: int, least: float) -> list[list[tuple[float, Item]]]:
        """Options by request, the most profitable request first; where only the best is wanted, not the long tail."""
        places = np.flatnonzero(own > least)
        places = places[np.argsort(-own[places], kind="stable")]
        grouped: dict[int, list[tuple[float, Item]]] = {}
        requests = self.table.requests_of(low + places)
        for place, request in zip(places.tolist(), requests, strict=True):
            if request not in grouped and not self.all and len(grouped) >= LEADING:
                self.tail = float(own[place])  # nothing further brings more
                break
            item = self.table.item(low + place)
            if item.ways and self.table.fits_room(self.table.room, item.load):
                grouped.setdefault(request, []).append((float(own[place]), item))
        return list(grouped.values())

    def run(self) -> Found:
        """Search."""
        if not self.groups:
            return Found(0.0, {}, whole=True)
        bounds = self._bounds()
        ceiling = float(bounds[0, -1, -1])
        self.rest = bounds.tolist()
        self._extend(0, self.table_places, self.table.area, self.table.room, 0.0, ())
        whole = self.nodes > 0
        reached = min(max(self.best + TOLERANCE, self.tail_reached), ceiling)
        return Found(reached if whole and not self.all else max(0.0, ceiling), self.found, whole)

    def _bounds(self) -> NDArray[np.float64]:
        """What requests from the n-th on can bring with so many places and half-days: shape (n, places, half-days)."""
        count = self.table.places if self.tail else min(self.table.places, len(self.groups))
        places, area = count, self.table.area
        self.table_places = places
        rest = np.zeros((len(self.groups) + 1, places + 1, area + 1))
        rest[-1] = self.tail * np.arange(places + 1)[:, None]
        for at in range(len(self.groups) - 1, -1, -1):
            value = self.groups[at][0][0]
            weight = min(item.area for _profit, item in self.groups[at])
            rest[at] = rest[at + 1]
            if value > 0 and weight <= area:
                np.maximum(rest[at, 1:, weight:], rest[at + 1, :-1, : area + 1 - weight] + value,
                           out=rest[at, 1:, weight:])  # fmt: skip
        return rest

    def _extend(self, at: int, places: int, area: int, room: int, profit: float, chosen: tuple[Item, ...]) -> None:
        rest, table = self.rest, self.table
        self.tail_reached = max(self.tail_reached, profit + self.tail * places)
        for number in range(at, len(self.groups)):
            if profit + rest[number][places][area] < self.floor or self.nodes <= 0:
                return
            after_this = rest[number + 1][places - 1]
            for gain, item in self.groups[number]:
                after, left = profit + gain, area - item.area
                if left < 0 or not table.fits_room(room, item.load):
                    continue
                if after + after_this[left] < self.floor:
                    continue
                self.nodes -= 1
                now = (*chosen, item)
                if table.slots_for(now) is None:
                    continue
                self._take(now, after)
                if places > 1:
                    self._extend(number + 1, places - 1, left, room - item.load, after, now)

    def _take(self, items: tuple[Item, ...], profit: float) -> None:
        if profit < self.floor and (self.all or profit <= self.best):
            return
        key = frozenset(item.request for item in items)
        cost = sum(item.cost for item in items)
        if self.all:
            if len(self.found) >= self.most and key not in self.found:
                self.nodes = 0
                return
            if key in self.found and self.found[key].cost <= cost:
                return
        else:
            self.found.clear()
            self.floor = profit + TOLERANCE
        self.best = max(self.best, profit)
        self.found[key] = Programme(self.table.person, key, cost, tuple(item.number for item in items))
