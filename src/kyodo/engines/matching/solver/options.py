"""What could serve what: every request × specialist × start that breaks no rule by itself, with its points, as arrays.

Weekly patterns are not written down here: points do not depend on them, so whether a set of options fits into the
week of a specialist is a question of its own (`timetable.py`). Only an engagement that is published already is one
with its slots, because keeping it saves the points of a change.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.cost import trips
from kyodo.engines.matching.problem import Engagement, Problem
from kyodo.engines.matching.solver.patterns import patterns, whole_days
from kyodo.engines.matching.verify import begun, own_faults

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


def fixed_engagements(problem: Problem) -> dict[int, Engagement]:
    """Engagements that are not to be planned: pinned ones, and those that began in the frozen weeks; by request."""
    found = begun(problem)
    for number, asked in enumerate(problem.requests):
        if asked.pinned is not None:
            pin = asked.pinned
            found[number] = Engagement(number, problem.specialist_number[pin.specialist], pin.start, pin.slots)
    return found


@lru_cache(maxsize=100_000)
def open_patterns(half_days: int, remote: bool, days: int, asked: int, own: int, far: bool) -> tuple[int, ...]:
    """Patterns that are open on both sides; where the day is blocked its other half must be the specialist's too."""
    return tuple(
        one
        for one in patterns(half_days, remote, days)
        if not one & ~(asked & own) and not (far and whole_days(one, days) & ~own)
    )


class Eligible:
    """Which specialists could serve a request, rule by rule; each answer is an array over all specialists."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        people = problem.specialists
        skills = sorted({skill for one in people for skill in one.skills})
        self.column = {skill: number for number, skill in enumerate(skills)}
        self.level = np.zeros((len(people), len(skills) + 1), dtype=np.int16)  # the last: a skill nobody has
        for number, one in enumerate(people):
            for skill, level in one.skills.items():
                self.level[number, self.column[skill]] = level
        self.role = np.array([one.role for one in people], dtype=object)
        self.most_travel = np.array([float(one.max_travel) for one in people])
        self.per_week = np.array([one.max_per_week for one in people], dtype=np.int64)
        self.most_requests = np.array([one.max_requests for one in people], dtype=np.int64)
        self.slots = np.array([one.slots for one in people], dtype=np.int64)
        self.likes = np.array([one.prefers_small for one in people], dtype=np.int64)
        leave = np.zeros((len(people), problem.weeks + 1), dtype=np.int16)
        for number, one in enumerate(people):
            leave[number, [week + 1 for week in one.leave_weeks]] = 1
        self.leave = np.cumsum(leave, axis=1)
        self.tied: dict[str, list[int]] = {}
        self.barred: dict[str, list[int]] = {}
        for number, one in enumerate(people):
            for company in one.ties:
                self.tied.setdefault(company, []).append(number)
            for body in one.barred:
                self.barred.setdefault(body, []).append(number)
        self._open: dict[tuple[int, bool, int], NDArray[np.bool_]] = {}

    def skilled(self, request: int) -> NDArray[np.bool_]:
        """Each needed level reached."""
        found = np.ones(len(self.level), dtype=bool)
        for skill, level in self.problem.requests[request].need.items():
            found &= self.level[:, self.column.get(skill, -1)] >= level
        return found

    def free_of_ties(self, request: int) -> NDArray[np.bool_]:
        """No tie with a bidder."""
        return self._without(self.tied, self.problem.requests[request].bidders)

    def not_barred(self, request: int) -> NDArray[np.bool_]:
        """Not barred from the municipality."""
        body = self.problem.requests[request].municipality
        return self._without(self.barred, [self.problem.municipalities[body].id])

    def _without(self, listed: dict[str, list[int]], names: object) -> NDArray[np.bool_]:
        found = np.ones(len(self.level), dtype=bool)
        for name in names:  # type: ignore[attr-defined]
            found[listed.get(name, [])] = False
        return found

    def near(self, request: int) -> NDArray[np.bool_]:
        """Travel within what the specialist accepts."""
        asked = self.problem.requests[request]
        if asked.remote:
            return np.ones(len(self.level), dtype=bool)
        return np.asarray(self.problem.distances[:, asked.municipality] <= self.most_travel)

    def far(self, request: int) -> NDArray[np.bool_]:
        """Whether the way blocks the rest of the day."""
        asked = self.problem.requests[request]
        if asked.remote:
            return np.zeros(len(self.level), dtype=bool)
        return np.asarray(self.problem.distances[:, asked.municipality] > self.problem.rules.day_blocked_over)

    def slots_open(self, request: int) -> NDArray[np.bool_]:
        """A weekly pattern open on both sides."""
        asked, days = self.problem.requests[request], self.problem.days
        far = self.far(request) & (asked.half_days == 1)
        found = np.zeros(len(self.level), dtype=bool)
        for one in patterns(asked.half_days, asked.remote, days):
            if not one & ~asked.slots:
                other = whole_days(one, days)
                found |= np.where(far, self.slots & other == other, self.slots & one == one)
        return found

    def weekly(self, request: int) -> NDArray[np.bool_]:
        """The half-days of a week, blocked ones included, within the limit."""
        half_days = self.problem.requests[request].half_days
        return np.where(self.far(request) & (half_days == 1), 2, half_days) <= self.per_week

    def missed(self, request: int, start: int) -> NDArray[np.int16]:
        """Sessions missed by leave."""
        weeks = self.problem.requests[request].weeks
        return np.asarray(self.leave[:, start + weeks] - self.leave[:, start])

    def starts(self, request: int) -> range:
        """Weeks in which the engagement may start."""
        asked, problem = self.problem.requests[request], self.problem
        first = max(asked.start_min, problem.rules.frozen_weeks)
        return range(first, min(asked.start_max, problem.weeks - asked.weeks) + 1)

    def present(self, request: int, start: int) -> NDArray[np.bool_]:
        """Not too many sessions missed, and one held."""
        asked, missed = self.problem.requests[request], self.missed(request, start)
        return np.asarray((missed <= asked.max_missed) & (missed < asked.weeks))

    def by_itself(self, request: int) -> NDArray[np.bool_]:
        """All rules that do not depend on the start."""
        found = self.skilled(request) & self.near(request) & self.weekly(request) & (self.most_requests > 0)
        if found.any():
            found &= self.free_of_ties(request) & self.not_barred(request)
        return found & self.slots_open(request) if found.any() else found

    def points(self, request: int) -> NDArray[np.int64]:
        """Points for each specialist, without missed weeks."""
        asked, weights = self.problem.requests[request], self.problem.weights
        total = np.full(len(self.level), weights.served, dtype=np.int64)
        for skill, level in asked.need.items():
            total += weights.surplus_level * (self.level[:, self.column.get(skill, -1)].astype(np.int64) - level)
        total += weights.role_mismatch * (self.role != asked.role)
        if not asked.remote:
            minutes = self.problem.distances[:, asked.municipality]
            minutes = np.where(np.isfinite(minutes), minutes, 0)
            total += np.floor(minutes * trips(asked) / weights.travel_minutes_a_point).astype(np.int64)
        if asked.incumbent is not None:
            named = self.problem.specialist_number.get(asked.incumbent, -1)
            total += weights.incumbent_replaced * (np.arange(len(total)) != named)
        total -= weights.preference * self.likes * (1 if self.problem.small(asked.municipality) else -1)
        return np.maximum(0, total)


class Options:
    """All options of a problem, sorted by specialist.

    Parameters
    ----------
    person, request, start, cost : ndarray of int32, shape (options,)
    slots : ndarray of int32
        Of a published engagement that would be kept; 0 where any open pattern will do.
    first : ndarray of int64, shape (specialists + 1,)
        Where each specialist's options begin.
    fixed : dict of Engagement by request
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.eligible = Eligible(problem)
        self.fixed = fixed_engagements(problem)
        parts: list[list[Ints]] = [[], [], [], [], []]
        for request in range(len(problem.requests)):
            if request not in self.fixed:
                for rows in self._of_request(request):
                    for part, values in zip(parts, rows, strict=True):
                        part.append(values)
        none = np.zeros(0, dtype=np.int32)
        person, request_of, start, cost, slots = (np.concatenate([none, *part]).astype(np.int32) for part in parts)
        order = np.lexsort((start, request_of, person))
        self.person, self.request, self.start = person[order], request_of[order], start[order]
        self.cost, self.slots = cost[order], slots[order]
        self.first = np.searchsorted(self.person, np.arange(len(problem.specialists) + 1))

    def __len__(self) -> int:
        return len(self.person)

    def under(self, problem: Problem) -> Options:
        """The same options for a problem with other points of a change, or of what stays uncovered or unmet."""
        other = copy(self)
        other.problem = problem
        dearer = problem.weights.changed - self.problem.weights.changed
        other.cost = self.cost - np.where(self.slots > 0, dearer, 0).astype(np.int32)
        return other

    def least(self) -> Floats:
        """The fewest points for which somebody would serve each request; infinite where nobody can."""
        found = np.full(len(self.problem.requests), np.inf)
        np.minimum.at(found, self.request, self.cost)
        return found

    def _of_request(self, request: int) -> list[tuple[Ints, ...]]:
        who = np.flatnonzero(self.eligible.by_itself(request))
        if not len(who):
            return []
        points = self.eligible.points(request)[who]
        rows = []
        for start in self.eligible.starts(request):
            here = self.eligible.present(request, start)[who]
            people = who[here]
            missed = self.eligible.missed(request, start)[people]
            cost = points[here] + self.problem.weights.missed_week * missed.astype(np.int64)
            rows.append(_rows(people, request, start, cost, 0))
        kept = self._kept(request)
        return rows if kept is None else [*rows, kept]

    def _kept(self, request: int) -> tuple[Ints, ...] | None:
        """The published engagement of a request as an option: it saves the points of a change."""
        problem = self.problem
        held = next((one for one in problem.published if one.request == problem.requests[request].id), None)
        if held is None or held.specialist not in problem.specialist_number:
            return None
        one = Engagement(request, problem.specialist_number[held.specialist], held.start, held.slots)
        if one.start < problem.rules.frozen_weeks or list(own_faults(problem, one)):
            return None
        cost = int(self.eligible.points(request)[one.specialist])
        cost += problem.weights.missed_week * int(self.eligible.missed(request, one.start)[one.specialist])
        return _rows(
            np.array([one.specialist]), request, one.start, np.array([cost - problem.weights.changed]), one.slots
        )


def _rows(people: NDArray[np.int64], request: int, start: int, cost: NDArray[np.int64], slots: int) -> tuple[Ints, ...]:
    size = len(people)
    same = [np.full(size, value, dtype=np.int32) for value in (request, start, slots)]
    return people.astype(np.int32), same[0], same[1], cost.astype(np.int32), same[2]
