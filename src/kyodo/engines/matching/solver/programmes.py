"""Programmes: sets of options that one specialist can carry out. The best at given prices, or all near the best.

A programme's profit is the sum of the prices of its requests less its points. For specialists who take few requests
the best is found by `cells.py`. The search here, for the others and for lists, gives each week of the specialist a
price too: what a request brings beyond the price of the weeks it takes says in which order to look, and how much the
rest can still bring at most. Weeks are priced so that this limit is low.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.problem import by_person
from kyodo.engines.matching.solver.cells import MOST_PLACES, TOLERANCE, Cells, Loads, Priced
from kyodo.engines.matching.solver.options import Options
from kyodo.engines.matching.solver.packed import weekly, words_of
from kyodo.engines.matching.solver.timetable import Item, Timetable

Floats = NDArray[np.float64]
MOST_IN_ALL = 40_000_000  # choices of cells of all specialists: some 240 MB
STEPS = 15  # towards better prices of weeks
HOPED = 0.8  # of the limit: what a programme is expected to bring where none is known


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


Key = TypeVar("Key")


def keep(known: dict[Key, Programme], key: Key, one: Programme) -> bool:
    """Keep a programme unless another of its key is known that costs no more; whether it was kept."""
    before = known.get(key)
    if before is not None and before.cost <= one.cost:
        return False
    known[key] = one
    return True


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
    met : list of Programme
        Others that were met on the way to the best, each better than those before.
    """

    profit: float
    programmes: dict[frozenset[int], Programme]
    whole: bool
    met: list[Programme] = field(default_factory=list)


class Bench:
    """The specialists with their timetables, and the search for programmes."""

    def __init__(self, options: Options) -> None:
        self.options = options
        held = by_person(options.fixed.values())
        people = range(len(options.problem.specialists))
        self.tables = [Timetable(options.problem, person, held.get(person, ()), options) for person in people]

        self._loads: Loads | None = None
        self._cells: dict[int, Cells] = {}
        self._still = MOST_IN_ALL  # choices that may be listed
        self._fitting: dict[int, NDArray[np.int64]] = {}
        self._weeks: dict[int, Floats] = {}  # the last prices of each specialist's weeks

    @property
    def loads(self) -> Loads:
        """The half-days of every option by week."""
        self._loads = self._loads or Loads(self.options)
        return self._loads

    def cells(self, person: int) -> Cells | None:
        """The cells of a specialist; None for those who take many requests."""
        if self.tables[person].places > MOST_PLACES:
            return None
        if person not in self._cells:
            self._cells[person] = Cells(self.options, self.loads, self.tables[person], self._still)
            self._still -= self._cells[person].size
        found = self._cells[person]
        return None if found.choices is None else found

    def best(self, person: int, prices: Floats, nodes: int = 20_000, floor: float = 0.0) -> Found:
        """The most profitable programme of a specialist at the prices of the requests, if it brings over `floor`."""
        cells = self.cells(person)
        if cells is None:
            return self._search(person, prices, floor, nodes)
        return self._best(person, Priced(cells, prices), floor)

    def _best(self, person: int, priced: Priced, floor: float) -> Found:
        profit, items = priced.best(floor)
        one = None if items is None else self._made(person, items)
        return Found(profit, {one.requests: one} if one else {}, whole=True)

    def learn(self, person: int, prices: Floats, nodes: int, floor: float, slack: float, most: int) -> Found:
        """The same, and in `met` up to so many others within `slack` of the best that are easily met on the way."""
        cells = self.cells(person)
        if cells is None:
            found = self._search(person, prices, floor, nodes)
            found.met = found.met[-most:]
            return found
        priced = Priced(cells, prices)
        found = self._best(person, priced, floor)
        found.met = self._others(person, priced, found, slack, most)
        return found

    def _others(self, person: int, priced: Priced, best: Found, slack: float, most: int) -> list[Programme]:
        return [self._made(person, items) for items in priced.several(max(TOLERANCE, best.profit - slack), most)]

    def several(self, person: int, prices: Floats, slack: float, nodes: int, most: int) -> list[Programme]:
        """The best programme and up to so many others within `slack` of it."""
        cells = self.cells(person)
        if cells is not None:
            found = self.learn(person, prices, nodes, 0.0, slack, most)
            return [*found.programmes.values(), *found.met]
        best = self.best(person, prices, nodes)
        several = dict(best.programmes)
        for closer in (slack, slack / 3):
            near = self.near(person, prices, max(0.0, best.profit - closer), nodes, most)
            several.update(near.programmes)
            if near.whole:
                break
        return list(several.values())

    @staticmethod
    def _made(person: int, items: tuple[Item, ...]) -> Programme:
        requests = frozenset(item.request for item in items)
        return Programme(person, requests, sum(item.cost for item in items), tuple(item.number for item in items))

    def near(self, person: int, prices: Floats, floor: float, nodes: int, most: int) -> Found:
        """All programmes that bring `floor` or more, the cheapest of each set of requests."""
        return self._search(person, prices, floor, nodes, most)

    def _search(self, person: int, prices: Floats, floor: float, nodes: int, most: int | None = None) -> Found:
        low, high = int(self.options.first[person]), int(self.options.first[person + 1])
        table = self.tables[person]
        if high == low or table.places == 0 or table.room == 0:
            return Found(0.0, {}, whole=True)
        numbers = self._usable(person)
        own = prices[self.options.request[numbers]] - self.options.cost[numbers]
        if most is None:
            worth = own > TOLERANCE
            numbers, own = numbers[worth], own[worth]
        if not len(numbers):
            return Found(0.0, {}, whole=True)
        search = _Search(table, self.options.request[numbers], numbers, own, nodes, floor, most)
        load = self.loads.weekly[self.loads.number[numbers]]
        room = np.array(weekly(table.room, self.loads.weeks), dtype=np.float64)
        self._weeks[person] = search.price_weeks(load, room, self._weeks.get(person, np.zeros(len(room))))
        return search.run()

    def _usable(self, person: int) -> NDArray[np.int64]:
        """The options whose load fits into the weeks of a specialist, at any prices."""
        if person not in self._fitting:
            room = words_of(self.tables[person].room, self.loads.weeks) | self.loads.guard
            low, high = int(self.options.first[person]), int(self.options.first[person + 1])
            fitting = self.loads.fits(room, self.loads.words[self.loads.number[low:high]])
            self._fitting[person] = low + np.flatnonzero(fitting)
        return self._fitting[person]


class _Search:
    """One search through the programmes of one specialist: the best, or with `most` all that bring `floor` or more."""

    def __init__(
        self, table: Timetable, request: NDArray[np.int32], numbers: NDArray[np.int64], own: Floats, nodes: int,
        floor: float, most: int | None,
    ) -> None:  # fmt: skip
        self.table, self.numbers, self.own, self.nodes, self.most = table, numbers, own, nodes, most
        self.floor = floor if most is not None else floor + TOLERANCE
        self.group = np.flatnonzero(np.append(True, request[1:] != request[:-1]))
        self.places = min(table.places, len(self.group))
        self.found: dict[frozenset[int], Programme] = {}
        self.met: list[Programme] = []

    def price_weeks(self, load: Floats, room: Floats, weeks: Floats) -> Floats:
        """Prices of the weeks at which the limit of what a programme can bring is low."""
        best, least = weeks, np.inf
        for _step in range(STEPS):
            reduced = self.own - load @ weeks
            tops = np.maximum.reduceat(reduced, self.group)
            chosen = np.argpartition(-tops, self.places - 1)[: self.places]
            chosen = chosen[tops[chosen] > 0]
            limit = float(weeks @ room + tops[chosen].sum())
            if limit < least:
                best, least, self.reduced, self.weeks = weeks, limit, reduced, float(weeks @ room)
            slope = room.copy()
            for group in chosen.tolist():
                end = self.group[group + 1] if group + 1 < len(self.group) else len(reduced)
                slope -= load[self.group[group] + int(reduced[self.group[group] : end].argmax())]
            slope[(weeks <= 0) & (slope > 0)] = 0.0
            size = float(slope @ slope)
            if not size or limit <= self.floor:
                break
            target = self.floor if self.floor > HOPED * limit else HOPED * limit
            weeks = np.maximum(0.0, weeks - (limit - target) / size * slope)
        return best

    def _ranked(self) -> list[list[tuple[float, float, Item]]]:
        """Options by request: what remains beyond the weeks' prices, the profit, the option; the best request first."""
        tops = np.maximum.reduceat(self.reduced, self.group)
        self.ceiling = self.weeks + float(np.sort(np.maximum(tops, 0.0))[::-1][: self.places].sum())
        others = self.ceiling - self.weeks - float(np.sort(np.maximum(tops, 0.0))[::-1][self.places - 1])
        kept = self.reduced >= self.floor - self.weeks - others - TOLERANCE
        ranked: dict[int, list[tuple[float, float, Item]]] = {}
        places = np.flatnonzero(kept)
        for at in places[np.argsort(-self.reduced[places], kind="stable")].tolist():
            item = self.table.item(int(self.numbers[at]))
            if item.ways:
                ranked.setdefault(item.request, []).append((float(self.reduced[at]), float(self.own[at]), item))
        return list(ranked.values())

    def run(self) -> Found:
        """Search."""
        self.groups = self._ranked()
        sums = np.cumsum([0.0, *(max(0.0, group[0][0]) for group in self.groups)])
        count = len(self.groups)
        self.rest = [
            [float(sums[min(count, at + places)] - sums[at]) + self.weeks for places in range(self.places + 1)]
            for at in range(count + 1)
        ]
        self._extend(0, self.places, self.table.room, 0.0, 0.0, ())
        whole = self.nodes > 0
        return Found(min(self.ceiling, self.floor) if whole else max(0.0, self.ceiling), self.found, whole, self.met)

    def _extend(self, at: int, places: int, room: int, reduced: float, profit: float, chosen: tuple[Item, ...]) -> None:
        for number in range(at, len(self.groups)):
            if reduced + self.rest[number][places] < self.floor or self.nodes <= 0:
                return
            after_this = self.rest[number + 1][places - 1]
            for beyond, own, item in self.groups[number]:
                if reduced + beyond + after_this < self.floor:
                    break
                if not self.table.fits_room(room, item.load):
                    continue
                self.nodes -= 1
                now = (*chosen, item)
                if self.table.slots_for(now) is None:
                    continue
                self._take(now, profit + own)
                if places > 1:
                    self._extend(number + 1, places - 1, room - item.load, reduced + beyond, profit + own, now)

    def _take(self, items: tuple[Item, ...], profit: float) -> None:
        if profit < self.floor:
            return
        key = frozenset(item.request for item in items)
        cost = sum(item.cost for item in items)
        if self.most is None:
            self.met += self.found.values()
            self.found.clear()
            self.floor = profit + TOLERANCE
        elif key in self.found:
            if self.found[key].cost <= cost:
                return
        elif len(self.found) >= self.most:
            self.nodes = 0
            return
        self.found[key] = Programme(self.table.person, key, cost, tuple(item.number for item in items))
