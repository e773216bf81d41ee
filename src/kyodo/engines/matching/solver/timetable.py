"""The week of one specialist: whether a set of options fits into it, and in which slots.

Weeks are packed into whole numbers: one bit a slot and week for what is held or blocked, eight bits a week for how many
half-days. So a clash is one `&`, and the weekly limit one subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kyodo.engines.matching.problem import HALVES, Engagement, Problem, Request
from kyodo.engines.matching.solver.options import Options, open_patterns
from kyodo.engines.matching.solver.packed import BITS, guards, packed, weekly
from kyodo.engines.matching.solver.patterns import whole_days

REMEMBERED = 4_000  # answers of one specialist's timetable


@dataclass(frozen=True, slots=True)
class Placed:
    """A pattern in the quarter.

    Parameters
    ----------
    slots : int
        The weekly pattern.
    taken : int
        One bit for each slot of each week that is held or blocked.
    site : int
        One bit for each day of each week on site where half of the day is left.
    """

    slots: int
    taken: int
    site: int


@dataclass(frozen=True, slots=True)
class Item:
    """An option, ready to be placed; `load` is packed by week."""

    number: int
    request: int
    municipality: int
    cost: int
    load: int
    ways: tuple[Placed, ...]


@cache
def _repeated(weeks: tuple[int, ...], bits: int) -> int:
    """One bit for each of these weeks, `bits` apart."""
    return sum(1 << (bits * week) for week in weeks)


@cache
def _days(slots: int, days: int) -> int:
    """The days of a set of slots, one bit each."""
    return sum(1 << day for day in range(days) if slots >> (2 * day) & 0b11)


@cache
def _away_and_home(mode: str, start: int, last: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The weeks on site, and the others, from one week to before another."""
    every = range(start, last)
    away = tuple(week for week in every if mode == "onsite" or (mode == "hybrid" and (week - start) % 4 == 0))
    return away, tuple(week for week in every if week not in away)


@cache
def packed_load(mode: str, start: int, last: int, on_site: int, elsewhere: int) -> int:
    """Half-days by week, packed, of so many in each week on site and in each other."""
    away, home = _away_and_home(mode, start, last)
    return on_site * _repeated(away, BITS) + elsewhere * _repeated(home, BITS)


@cache
def _placed(slots: int, start: int, last: int, mode: str, far: bool, days: int) -> tuple[Placed, int]:
    """A pattern from one week to before another, and its packed half-days; all who may hold it share it."""
    away, home = _away_and_home(mode, start, last)
    mask, size = whole_days(slots, days) if far else slots, days * HALVES
    taken = mask * _repeated(away, size) + slots * _repeated(home, size)
    load = packed_load(mode, start, last, mask.bit_count(), slots.bit_count())
    return Placed(slots, taken, _days(slots, days) * _repeated(away, days)), load


class Timetable:
    """The weeks of one specialist, with what is fixed in them."""

    def __init__(
        self, problem: Problem, person: int, held: Iterable[Engagement] = (), options: Options | None = None
    ) -> None:
        self.options, self.person, self.problem = options, person, problem
        self.one = self.problem.specialists[person]
        self._minutes: dict[int, float] = {}
        self._items: dict[int, Item] = {}
        self._known: dict[frozenset[int], tuple[int, ...] | None] = {}
        self.guard = guards(self.problem.weeks)
        room = [self.one.max_per_week] * self.problem.weeks
        self.taken, self.sites = 0, list[tuple[int, int]]()
        self.places = max(0, self.one.max_requests)
        for one in held:
            self._hold(one, room)
        size = self.problem.slot_count
        own = [(self.one.slots & ~(self.taken >> (size * week))).bit_count() for week in range(self.problem.weeks)]
        self.room = packed([max(0, min(left, free)) for left, free in zip(room, own, strict=True)])

    def _hold(self, one: Engagement, room: list[int]) -> None:
        asked = self.problem.requests[one.request]
        placed, load = self._way(asked, one.start, one.slots)
        self.taken |= placed.taken
        self.sites.append((placed.site, asked.municipality))
        self.places = max(0, self.places - 1)
        for week, count in enumerate(weekly(load, self.problem.weeks)):
            room[week] -= count

    def _far(self, asked: Request) -> bool:
        return not asked.remote and self.minutes(asked.municipality) > self.problem.rules.day_blocked_over

    def minutes(self, municipality: int) -> float:
        """One-way minutes to a municipality."""
        if municipality not in self._minutes:
            place = self.problem.municipalities[municipality].place
            self._minutes[municipality] = self.problem.travel.minutes(self.one.place, place)
        return self._minutes[municipality]

    def _way(self, asked: Request, start: int, slots: int) -> tuple[Placed, int]:
        last = min(self.problem.weeks, start + asked.weeks)
        return _placed(slots, start, last, asked.mode, self._far(asked), self.problem.days)

    def load(self, one: Engagement) -> int:
        """Half-days of an engagement, packed by week."""
        return self._way(self.problem.requests[one.request], one.start, one.slots)[1]

    def item(self, number: int) -> Item:
        """An option of this specialist."""
        found = self._items.get(number)
        if found is None:
            found = self._items[number] = self._made(number)
        return found

    def _made(self, number: int) -> Item:
        options = self.options
        assert options is not None
        request, start, slots = (int(a[number]) for a in (options.request, options.start, options.slots))
        asked = self.problem.requests[request]
        ways, load = self.ways(asked, start, slots)
        return Item(number, request, asked.municipality, int(options.cost[number]), load, ways)

    def ways(self, asked: Request, start: int, slots: int = 0) -> tuple[tuple[Placed, ...], int]:
        """Where a request fits beside what is held, and its load, packed by week; `slots` for that pattern alone."""
        usable = (slots,) if slots else open_patterns(
            asked.half_days, asked.remote, self.problem.days, asked.slots, self.one.slots, self._far(asked)
        )  # fmt: skip
        made = [self._way(asked, start, one) for one in usable]
        load = made[0][1] if made else 0
        return tuple(placed for placed, _load in made if self._free(placed, asked.municipality)), load

    def _free(self, placed: Placed, municipality: int) -> bool:
        if placed.taken & self.taken:
            return False
        return not any(placed.site & site and not self.problem.hop(municipality, at) for site, at in self.sites)

    def fits_room(self, room: int, load: int) -> bool:
        """Whether the weekly limit leaves room."""
        return ((room | self.guard) - load) & self.guard == self.guard

    def slots_for(self, items: tuple[Item, ...]) -> tuple[int, ...] | None:
        """A pattern for each item, so that nothing clashes; None if there is none. Rooms are not looked at."""
        key = frozenset(item.number for item in items)
        if key not in self._known:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            ordered = sorted(items, key=lambda item: (len(item.ways), item.number))
            found = self._search(ordered, 0, self.taken, [])
            self._known[key] = None if found is None else tuple(
                slots for _number, slots in sorted(zip((i.number for i in ordered), found, strict=True))
            )  # fmt: skip
        known = self._known[key]
        if known is None:
            return None
        by_number = dict(zip(sorted(key), known, strict=True))
        return tuple(by_number[item.number] for item in items)

    def _search(self, items: list[Item], at: int, taken: int, sites: list[tuple[int, int]]) -> list[int] | None:
        if at == len(items):
            return []
        item = items[at]
        for way in item.ways:
            if way.taken & taken:
                continue
            if any(way.site & site and not self.problem.hop(item.municipality, place) for site, place in sites):
                continue
            rest = self._search(items, at + 1, taken | way.taken, [*sites, (way.site, item.municipality)])
            if rest is not None:
                return [way.slots, *rest]
        return None
