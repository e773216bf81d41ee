"""The best programmes of a specialist who takes few requests: by what their weeks hold, not one by one.

Options of a specialist that hold the same half-days in the same weeks form a *cell*. Which two or three cells fit into
the weeks together is known once and for all; at given prices only the best option of each cell has to be looked at, so
the best choice of cells is a maximum over an array. Slots and hops are looked at afterwards, from the best choice
downwards, until one is found that can be carried out: nothing that was passed over is better.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.solver.options import Options
from kyodo.engines.matching.solver.timetable import BITS, Item, Timetable

Floats = NDArray[np.float64]
Words = NDArray[np.uint64]

MOST_PLACES = 3  # requests a quarter up to which choices of cells are listed
MOST_CHOICES = 1_000_000  # of one specialist
IN_A_WORD = 64 // BITS  # weeks
CHECKED = 400  # sets of options of one specialist whose slots are looked at, for one set of prices
LOOKED_AT = 600  # choices of cells from which several programmes are taken


def words_of(packed: int, weeks: int) -> Words:
    """A load packed with eight bits a week, as 64-bit words."""
    count = -(-weeks // IN_A_WORD)
    return np.array([packed >> (64 * word) & (2**64 - 1) for word in range(count)], dtype=np.uint64)


class Loads:
    """The half-days of every option by week, as words; equal ones have the same number."""

    def __init__(self, options: Options) -> None:
        problem = options.problem
        requests, weeks = problem.requests, problem.weeks
        body = np.array([one.municipality for one in requests], dtype=np.int64)
        half = np.array([one.half_days for one in requests], dtype=np.int64)
        length = np.array([one.weeks for one in requests], dtype=np.int64)
        mode = np.array([("onsite", "hybrid", "remote").index(one.mode) for one in requests], dtype=np.int64)
        of = options.request
        far = problem.distances[options.person, body[of]] > problem.rules.day_blocked_over
        whole_day = far & (mode[of] < 2) & (half[of] == 1)
        size = weeks + 1
        kinds = ((((half[of] * size + length[of]) * 3 + mode[of]) * 2 + whole_day) * size) + options.start
        _kinds, first, self.number = np.unique(kinds, return_index=True, return_inverse=True)
        rows = [self._row(options, int(at), bool(whole_day[at]), weeks) for at in first]
        self.words = np.array(rows, dtype="<u8").reshape(len(rows), -(-weeks // IN_A_WORD))
        packed = self.words.view(np.uint8).reshape(len(rows), -1)  # little-endian: the first week comes first
        self.weekly = packed[:, :weeks].astype(np.float64)
        every = sum(0x80 << (BITS * week) for week in range(weeks))
        self.guard = words_of(every, weeks)
        self.weeks = weeks

    @staticmethod
    def _row(options: Options, at: int, whole_day: bool, weeks: int) -> Words:
        asked, start = options.problem.requests[int(options.request[at])], int(options.start[at])
        packed = 0
        for week in range(start, min(weeks, start + asked.weeks)):
            held = 2 if whole_day and asked.on_site(week - start) else asked.half_days
            packed |= held << (BITS * week)
        return words_of(packed, weeks)

    def fits(self, room: Words, load: Words) -> NDArray[np.bool_]:
        """Whether a load fits into a room (whose guard bits are set), week by week."""
        found = np.ones(np.broadcast_shapes(room.shape, load.shape)[:-1], dtype=bool)
        for word, guard in enumerate(self.guard):
            found &= (room[..., word] - load[..., word]) & guard == guard
        return found


class Cells:
    """One specialist's cells and the choices of them that fit together.

    Parameters
    ----------
    order : ndarray of int
        The specialist's options, cell by cell.
    start : ndarray of int, shape (cells,)
        Where each cell begins in `order`.
    choices : list of ndarray of int16, shape (choices, cells in one)
        Of one cell, two, three; a cell may occur twice.
    """

    def __init__(self, options: Options, loads: Loads, table: Timetable) -> None:
        low, high = int(options.first[table.person]), int(options.first[table.person + 1])
        room = words_of(table.room, loads.weeks) | loads.guard
        kinds = loads.number[low:high]
        usable = np.flatnonzero(loads.fits(room, loads.words[kinds]))
        self.order = low + usable[np.argsort(kinds[usable], kind="stable")]
        distinct, self.start = np.unique(loads.number[self.order], return_index=True)
        self.end = np.append(self.start[1:], len(self.order))
        self.request, self.cost = options.request[self.order], options.cost[self.order].astype(np.float64)
        self.table = table
        self.choices = self._choices(loads, room, loads.words[distinct], table.places)

    @staticmethod
    def _choices(loads: Loads, room: Words, words: Words, places: int) -> list[NDArray[np.int16]] | None:
        count = len(words)
        found = [np.arange(count if places else 0, dtype=np.int16)[:, None]]
        if places < 2 or not count:
            return found
        left = room - words
        pairs = np.argwhere(np.triu(loads.fits(left[:, None], words[None])))
        found.append(pairs.astype(np.int16))
        if places < 3 or not len(pairs):
            return found
        rows, total = [], 0
        begin = np.searchsorted(pairs[:, 0], np.arange(count + 1))
        for first in range(count):
            others = pairs[begin[first] : begin[first + 1], 1]
            both = left[first] - words[others]
            more = np.argwhere(np.triu(loads.fits(both[:, None], words[others][None])))
            rows.append(np.column_stack([np.full(len(more), first), others[more]]).astype(np.int16))
            total += len(more)
            if total > MOST_CHOICES:
                return None
        found.append(np.concatenate(rows))
        return found

    def best(self, prices: Floats, floor: float, tolerance: float) -> tuple[float, tuple[Item, ...] | None]:
        """What no programme brings more than, and the best that brings more than `floor`, if there is one."""
        at = _Prices(self, prices, floor + tolerance)
        found: tuple[Item, ...] | None = None
        checks = CHECKED
        for top, choice in at.choices():
            if top <= at.floor:
                break
            for value, items in at.members(choice):
                checks -= 1
                if self.table.slots_for(items) is not None:
                    at.floor, found = value + tolerance, items
                if checks <= 0:
                    return max(at.floor, top), found
        return at.floor, found

    def several(self, prices: Floats, floor: float, most: int) -> list[tuple[Item, ...]]:
        """Up to so many programmes that bring `floor` or more, from the best choices of cells downwards."""
        at = _Prices(self, prices, floor)
        found: list[tuple[Item, ...]] = []
        checks = 2 * most
        for _top, choice in at.choices(LOOKED_AT):
            each = max(2, most // 8)
            for _value, items in at.members(choice):
                checks -= 1
                if self.table.slots_for(items) is not None:
                    found.append(items)
                    each -= 1
                if not each or not checks:
                    break
            if len(found) >= most or checks <= 0:
                break
        return found


class _Prices:
    """A specialist's cells at some prices; `floor` is what a programme has to bring to be of interest."""

    def __init__(self, cells: Cells, prices: Floats, floor: float) -> None:
        self.cells, self.floor = cells, floor
        self.own = prices[cells.request] - cells.cost
        self.most = np.maximum.reduceat(self.own, cells.start) if len(self.own) else self.own
        self.sorted: dict[int, list[tuple[float, int]]] = {}

    def choices(self, limit: int | None = None) -> Iterator[tuple[float, tuple[int, ...]]]:
        """Choices of cells that could bring the floor or more, the best first."""
        assert self.cells.choices is not None
        tops, rows = [], []
        for listed in self.cells.choices:
            top = self.most[listed[:, 0]]
            for column in range(1, listed.shape[1]):
                top = top + self.most[listed[:, column]]
            kept = np.flatnonzero(top >= self.floor)
            tops.append(top[kept])
            rows += [(listed, kept)]
        value = np.concatenate(tops)
        size = np.repeat(np.arange(len(rows)), [len(kept) for _listed, kept in rows])
        place = np.concatenate([kept for _listed, kept in rows])
        if limit is not None and len(value) > limit:
            part = np.argpartition(-value, limit)[:limit]
            value, size, place = value[part], size[part], place[part]
        for at in _falling(value):
            yield float(value[at]), tuple(rows[size[at]][0][place[at]].tolist())

    def _members(self, cell: int) -> list[tuple[float, int]]:
        if cell not in self.sorted:
            low, high = int(self.cells.start[cell]), int(self.cells.end[cell])
            own = self.own[low:high]
            self.sorted[cell] = [(float(own[at]), low + at) for at in np.argsort(-own, kind="stable").tolist()]
        return self.sorted[cell]

    def members(self, choice: tuple[int, ...]) -> Iterator[tuple[float, tuple[Item, ...]]]:
        """Sets of options of a choice of cells that bring the floor, which may rise meanwhile, or more."""
        lists = [self._members(cell) for cell in choice]
        rest = [sum(one[0][0] for one in lists[depth + 1 :]) for depth in range(len(lists))]
        table, request, order = self.cells.table, self.cells.request, self.cells.order

        def extend(depth: int, value: float, chosen: tuple[Item, ...]) -> Iterator[tuple[float, tuple[Item, ...]]]:
            for own, at in lists[depth]:
                if value + own + rest[depth] < self.floor:
                    return
                if any(request[at] == other.request for other in chosen):
                    continue
                now = (*chosen, table.item(int(order[at])))
                if depth + 1 == len(lists):
                    yield value + own, now
                elif depth == 0 or table.slots_for(now) is not None:
                    yield from extend(depth + 1, value + own, now)

        yield from extend(0, 0.0, ())


def _falling(value: Floats) -> Iterator[int]:
    """Places of the values, the greatest first; sorted in growing parts, because few are looked at."""
    left, size = np.arange(len(value)), 32
    while len(left):
        if len(left) <= size:
            yield from left[np.argsort(-value[left], kind="stable")].tolist()
            return
        split = np.argpartition(-value[left], size)
        part, left = left[split[:size]], left[split[size:]]
        yield from part[np.argsort(-value[part], kind="stable")].tolist()
        size *= 8
