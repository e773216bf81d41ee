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
from kyodo.engines.matching.solver.packed import IN_A_WORD, Words, guards, words_of
from kyodo.engines.matching.solver.timetable import Item, Timetable, packed_load

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

MOST_PLACES = 3  # requests a quarter up to which choices of cells are listed
MOST_CELLS = 4_000  # of one specialist; the square of it is looked at, and more of three requests
MOST_CHOICES = 1_000_000  # of one specialist
AT_ONCE = 1_000_000  # pairs of loads that are compared in one step: some 30 MB
TOLERANCE = 1e-6  # points
CHECKED = 400  # sets of options of one specialist whose slots are looked at, for one set of prices
LOOKED_AT = 600  # choices of cells from which several programmes are taken


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
        self.guard = words_of(guards(weeks), weeks)
        self.weeks = weeks

    @staticmethod
    def _row(options: Options, at: int, whole_day: bool, weeks: int) -> Words:
        asked, start = options.problem.requests[int(options.request[at])], int(options.start[at])
        on_site, last = 2 if whole_day else asked.half_days, min(weeks, start + asked.weeks)
        return words_of(packed_load(asked.mode, start, last, on_site, asked.half_days), weeks)

    def fits(self, room: Words, load: Words) -> NDArray[np.bool_]:
        """Whether a load fits into a room (whose guard bits are set), week by week."""
        found = np.ones(np.broadcast_shapes(room.shape, load.shape)[:-1], dtype=bool)
        for word, guard in enumerate(self.guard):
            found &= (room[..., word] - load[..., word]) & guard == guard
        return found

    def pairs(self, room: Words, load: Words, most: int) -> Places | None:
        """Places in both, the first not behind the second, where a load fits into a room; None if more than `most`."""
        count, rows, total = len(load), [], 0
        step = max(1, AT_ONCE // max(1, count))
        for low in range(0, count, step):
            fitting = np.argwhere(self.fits(room[low : low + step, None], load[None, low:]))
            fitting = fitting[fitting[:, 0] <= fitting[:, 1]] + low
            rows.append(fitting)
            total += len(fitting)
            if total > most:
                return None
        return np.concatenate([np.zeros((0, 2), dtype=np.int64), *rows])


class Cells:
    """One specialist's cells and the choices of them that fit together.

    Parameters
    ----------
    order : ndarray of int
        The specialist's options, cell by cell.
    start : ndarray of int, shape (cells,)
        Where each cell begins in `order`.
    choices : list of ndarray of int16, shape (choices, cells in one), or None
        Of one cell, two, three; a cell may occur twice. None where there are more than `most`.
    """

    def __init__(self, options: Options, loads: Loads, table: Timetable, most: int) -> None:
        low, high = int(options.first[table.person]), int(options.first[table.person + 1])
        room = words_of(table.room, loads.weeks) | loads.guard
        kinds = loads.number[low:high]
        usable = np.flatnonzero(loads.fits(room, loads.words[kinds]))
        self.order = low + usable[np.argsort(kinds[usable], kind="stable")]
        distinct, self.start = np.unique(loads.number[self.order], return_index=True)
        self.end = np.append(self.start[1:], len(self.order))
        self.request, self.cost = options.request[self.order], options.cost[self.order].astype(np.float64)
        self.table = table
        self.choices = self._choices(loads, room, loads.words[distinct], table.places, min(most, MOST_CHOICES))

    @property
    def size(self) -> int:
        """Choices that are listed."""
        return sum(map(len, self.choices or ()))

    @staticmethod
    def _choices(loads: Loads, room: Words, words: Words, places: int, most: int) -> list[NDArray[np.int16]] | None:
        count = len(words) if places else 0
        if count > min(most, MOST_CELLS):
            return None
        found = [np.arange(count, dtype=np.int16)[:, None]]
        if places < 2 or not count:
            return found
        left = room - words
        pairs = loads.pairs(left, words, most - count)
        if pairs is None:
            return None
        found.append(pairs.astype(np.int16))
        if places < 3:
            return found
        rows, still = [np.zeros((0, 3), dtype=np.int16)], most - count - len(pairs)
        begin = np.searchsorted(pairs[:, 0], np.arange(count + 1))
        for first in range(count):
            others = pairs[begin[first] : begin[first + 1], 1]
            more = loads.pairs(left[first] - words[others], words[others], still)
            if more is None:
                return None
            rows.append(np.column_stack([np.full(len(more), first), others[more]]).astype(np.int16))
            still -= len(more)
        found.append(np.concatenate(rows))
        return found


class Priced:
    """A specialist's cells at some prices; `floor` is what a programme has to bring to be of interest."""

    def __init__(self, cells: Cells, prices: Floats) -> None:
        self.cells, self.table, self.floor = cells, cells.table, 0.0
        self.own = prices[cells.request] - cells.cost
        self.sorted: dict[int, list[tuple[float, int]]] = {}
        most = np.maximum.reduceat(self.own, cells.start) if len(self.own) else self.own
        self.tops = []  # what each choice could bring at most
        for listed in cells.choices or ():
            top = most[listed[:, 0]]
            for column in range(1, listed.shape[1]):
                top = top + most[listed[:, column]]
            self.tops.append(top)

    def best(self, floor: float) -> tuple[float, tuple[Item, ...] | None]:
        """What no programme brings more than, and the best that brings more than `floor`, if there is one."""
        self.floor = floor + TOLERANCE
        found: tuple[Item, ...] | None = None
        checks = CHECKED
        for top, choice in self._choices():
            if top <= self.floor:
                break
            for value, items in self._of(choice):
                checks -= 1
                if self.table.slots_for(items) is not None:
                    self.floor, found = value + TOLERANCE, items
                if checks <= 0:
                    return max(self.floor, top), found
        return self.floor, found

    def several(self, floor: float, most: int) -> list[tuple[Item, ...]]:
        """Up to so many programmes that bring `floor` or more, from the best choices of cells downwards."""
        self.floor = floor
        found: list[tuple[Item, ...]] = []
        checks = 2 * most
        for _top, choice in self._choices(LOOKED_AT):
            each = max(2, most // 8)
            for _value, items in self._of(choice):
                checks -= 1
                if self.table.slots_for(items) is not None:
                    found.append(items)
                    each -= 1
                if not each or not checks:
                    break
            if len(found) >= most or checks <= 0:
                break
        return found

    def _choices(self, limit: int | None = None) -> Iterator[tuple[float, tuple[int, ...]]]:
        """Choices of cells that could bring the floor or more, the best first."""
        rows = [
            (listed, np.flatnonzero(top >= self.floor))
            for listed, top in zip(self.cells.choices or (), self.tops, strict=True)
        ]
        value = np.concatenate([top[kept] for top, (_listed, kept) in zip(self.tops, rows, strict=True)])
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

    def _of(self, choice: tuple[int, ...]) -> Iterator[tuple[float, tuple[Item, ...]]]:
        """Sets of options of a choice of cells that bring the floor, which may rise meanwhile, or more."""
        lists = [self._members(cell) for cell in choice]
        rest = [sum(one[0][0] for one in lists[depth + 1 :]) for depth in range(len(lists))]
        table, request, order = self.table, self.cells.request, self.cells.order

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
