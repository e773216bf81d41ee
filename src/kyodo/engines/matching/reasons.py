"""Why a request got nobody, and the smallest change that would serve it beside the plan as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.problem import Plan, Request, by_person
from kyodo.engines.matching.solver.options import Options
from kyodo.engines.matching.solver.timetable import Placed, Timetable

Bools = NDArray[np.bool_]

NEAREST = 3  # specialists that are named
TRIED = 12  # specialists for whom a change is tried
# How much is asked of people, in half-days that somebody moves: a week, a slot, a level below, minutes on the way.
SIZES = {"window": 1.0, "slots": 1.0, "level": 2.0, "max_travel": 1 / 20, "mode": 3.0, "one_more_specialist": 100.0}


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A change that would serve a request.

    Parameters
    ----------
    change : str
        `level`, `window`, `mode`, `slots`, `max_travel`, `one_more_specialist`.
    by : int
        Levels, weeks, slots or minutes; 1 for a mode or a specialist.
    serves_with : str or None
        Id of the specialist who would serve.
    """

    change: str
    by: int
    serves_with: str | None

    @property
    def size(self) -> float:
        """How much it asks of people: changes of different kinds are compared by it."""
        return SIZES[self.change] * self.by


@dataclass(frozen=True, slots=True)
class Unmet:
    """Why one request is not served; `nearest` are specialists with the first rule that keeps each away."""

    request: int
    reason: str
    nearest: tuple[tuple[str, str], ...]
    relaxation: Relaxation | None


class Reasons:
    """Explains what a plan leaves unmet."""

    def __init__(self, options: Options, plan: Plan) -> None:
        self.options, self.problem, self.eligible = options, options.problem, options.eligible
        self.held = by_person(plan)
        self.tables: dict[int, Timetable] = {}
        people = self.problem.specialists
        count = np.array([len(self.held.get(number, ())) for number in range(len(people))], dtype=int)
        self.places = self.eligible.most_requests > count
        self.pins = by_person(options.fixed.values())
        self.pinned = np.array([number in self.pins for number in range(len(people))], dtype=bool)

    def of(self, request: int) -> Unmet:
        """The first reason that leaves nobody, the nearest specialists, and the smallest change."""
        rules = self._rules(request)
        left = np.ones(len(self.problem.specialists), dtype=bool)
        reason = ""
        before = left
        for name, kept in rules:
            if not reason:
                before = left
                left = left & kept
                if not left.any():
                    reason = name
        return Unmet(request, reason or "all_booked", self._nearest(request, rules, before), self._relaxed(request))

    def _rules(self, request: int) -> list[tuple[str, Bools]]:
        e = self.eligible
        starts = [e.present(request, start) for start in e.starts(request)]
        present = np.logical_or.reduce(starts) if starts else np.zeros(len(self.places), dtype=bool)
        able = np.zeros(len(self.places), dtype=bool)
        able[self.options.person[self.options.request == request]] = True
        return [
            ("no_one_has_skill", e.skilled(request)),
            ("conflict_of_interest", e.free_of_ties(request)),
            ("travel", e.near(request)),
            ("no_common_slots", e.slots_open(request)),
            ("leave", present),
            ("barred", e.not_barred(request)),
            ("weekly_limit", e.weekly(request)),
            ("request_limit", e.most_requests > 0),
            ("pinned_elsewhere", ~self.pinned | self._beside_pins(request, able & self.pinned)),
        ]

    def _beside_pins(self, request: int, who: Bools) -> Bools:
        """Those with fixed engagements who could serve beside these alone."""
        found = np.zeros(len(who), dtype=bool)
        for person in np.flatnonzero(who).tolist():
            table = Timetable(self.problem, person, self.pins[person])
            found[person] = table.places > 0 and self._start(table, self.problem.requests[request], request) is not None
        return found

    def _nearest(self, request: int, rules: list[tuple[str, Bools]], last: Bools) -> tuple[tuple[str, str], ...]:
        """Those who came furthest through the rules, the cheapest first."""
        points = self.eligible.points(request)
        who = np.flatnonzero(last)
        order = who[np.lexsort((who, points[who]))][:NEAREST].tolist()
        lacks = [next((name for name, kept in rules if not kept[person]), "all_booked") for person in order]
        return tuple((self.problem.specialists[p].id, lack) for p, lack in zip(order, lacks, strict=True))

    def _table(self, person: int) -> Timetable:
        if person not in self.tables:
            self.tables[person] = Timetable(self.problem, person, self.held.get(person, ()))
        return self.tables[person]

    def _open(
        self, table: Timetable, asked: Request, starts: Iterable[int]
    ) -> Iterator[tuple[int, tuple[Placed, ...]]]:
        """Weeks from which a specialist could serve a request, or a changed one, beside what is held; and in what."""
        for start in starts:
            weeks = range(start, start + asked.weeks)
            missed = sum(week in table.one.leave_weeks for week in weeks)
            if missed > asked.max_missed or missed >= asked.weeks:
                continue
            ways, load = table.ways(asked, start)
            if ways and table.fits_room(table.room, load):
                yield start, ways

    def _start(self, table: Timetable, asked: Request, request: int) -> int | None:
        """The first week of the window from which a specialist could serve a request, or a changed one."""
        return next((start for start, _ways in self._open(table, asked, self.eligible.starts(request))), None)

    def _relaxed(self, request: int) -> Relaxation:
        e, asked = self.eligible, self.problem.requests[request]
        fair = e.free_of_ties(request) & e.not_barred(request) & self.places
        skilled, near = e.skilled(request), e.near(request)
        found = [
            self._wider_window(request, asked, fair & near & skilled),
            self._more_slots(request, asked, fair & near & skilled),
            self._lower_level(request, asked, fair & near),
            self._longer_way(request, asked, fair & skilled & ~near),
            self._remote(request, asked, fair & skilled),
        ]
        none = Relaxation("one_more_specialist", 1, None)
        return min((one for one in found if one is not None), key=lambda one: one.size, default=none)

    def _who(self, who: Bools, order: NDArray[np.int64]) -> list[int]:
        people = np.flatnonzero(who)
        chosen: list[int] = people[np.argsort(order[people], kind="stable")][:TRIED].tolist()
        return chosen

    def _told(self, change: str, by: int, person: int) -> Relaxation:
        return Relaxation(change, by, self.problem.specialists[person].id)

    def _lower_level(self, request: int, asked: Request, who: Bools) -> Relaxation | None:
        e = self.eligible
        short = np.zeros(len(who), dtype=np.int64)
        has = np.ones(len(who), dtype=bool)
        for skill, level in asked.need.items():
            own = e.level[:, e.column.get(skill, -1)].astype(np.int64)
            short += np.maximum(0, level - own)
            has &= own > 0
        for person in self._who(who & has & (short > 0), short):
            if self._start(self._table(person), asked, request) is not None:
                return self._told("level", int(short[person]), person)
        return None

    def _wider_window(self, request: int, asked: Request, who: Bools) -> Relaxation | None:
        last = self.problem.weeks - asked.weeks
        outside = [
            (asked.start_min - start if start < asked.start_min else start - asked.start_max, start)
            for start in range(self.problem.rules.frozen_weeks, last + 1)
            if not asked.start_min <= start <= asked.start_max
        ]
        best: tuple[int, int] | None = None
        distance = {start: by for by, start in sorted(outside)}
        for person in self._who(who, self.eligible.points(request)):
            for start, _ways in self._open(self._table(person), asked, distance):
                best = min(best or (distance[start], person), (distance[start], person))
                break
        return None if best is None else self._told("window", *best)

    def _remote(self, request: int, asked: Request, who: Bools) -> Relaxation | None:
        if asked.remote:
            return None
        return self._changed("mode", 1, request, replace(asked, mode="remote"), who)

    def _more_slots(self, request: int, asked: Request, who: Bools) -> Relaxation | None:
        wider = replace(asked, slots=(1 << self.problem.slot_count) - 1)
        best: tuple[int, int] | None = None
        for person in self._who(who, self.eligible.points(request)):
            for _start, ways in self._open(self._table(person), wider, self.eligible.starts(request)):
                by = min((way.slots & ~asked.slots).bit_count() for way in ways)
                best = min(best or (by, person), (by, person)) if by else best
        return None if best is None else self._told("slots", *best)

    def _longer_way(self, request: int, asked: Request, who: Bools) -> Relaxation | None:
        minutes = self.problem.distances[:, asked.municipality]
        over = np.ceil(np.where(np.isfinite(minutes), minutes, 10**8) - self.eligible.most_travel).astype(np.int64)
        for person in self._who(who & np.isfinite(minutes), over):
            if self._start(self._table(person), asked, request) is not None:
                return self._told("max_travel", int(over[person]), person)
        return None

    def _changed(self, change: str, by: int, request: int, other: Request, who: Bools) -> Relaxation | None:
        for person in self._who(who, self.eligible.points(request)):
            if self._start(self._table(person), other, request) is not None:
                return self._told(change, by, person)
        return None
