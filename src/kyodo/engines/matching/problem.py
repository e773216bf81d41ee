"""Who asks, who can serve, by which rules, as frozen values: a `Problem` was wholly validated.

Weekly slots are numbered `2 × day + half` from 0; a set of slots is an integer with one bit a slot. Weeks count from
0. People, municipalities and requests are numbered in the order of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import hypot, inf

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HALVES = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: km east and north, and whether on an island."""

    id: str
    x: float = 0.0
    y: float = 0.0
    island: bool = False


@dataclass(frozen=True, slots=True)
class Planar:
    """Minutes from kilometres: `fixed` + `per_km` × km below `far_km`, another line beyond; `island` for a crossing."""

    fixed: float = 15
    per_km: float = 1.3
    far_km: float = 120
    far_fixed: float = 171
    far_per_km: float = 0.3
    island: float = 240

    def minutes(self, one: Place, other: Place) -> float:
        """One-way minutes between two places."""
        km = hypot(one.x - other.x, one.y - other.y)
        near = km < self.far_km
        by_land = self.fixed + self.per_km * km if near else self.far_fixed + self.far_per_km * (km - self.far_km)
        return by_land + (self.island if one.island != other.island else 0)

    def matrix(self, ones: tuple[Place, ...], others: tuple[Place, ...]) -> Floats:
        """One-way minutes, shape (ones, others)."""
        across = np.subtract.outer([p.x for p in ones], [p.x for p in others])
        along = np.subtract.outer([p.y for p in ones], [p.y for p in others])
        km = np.hypot(across, along).reshape(len(ones), len(others))
        near = self.fixed + self.per_km * km
        far = self.far_fixed + self.far_per_km * (km - self.far_km)
        crossing = np.not_equal.outer([p.island for p in ones], [p.island for p in others])
        return np.where(km < self.far_km, near, far) + self.island * crossing.reshape(km.shape)


@dataclass(frozen=True, slots=True)
class Table:
    """Whole minutes by pair of ids, either way round; a pair that is not told can't be travelled."""

    of: Mapping[tuple[str, str], int]

    def minutes(self, one: Place, other: Place) -> float:
        """One-way minutes between two places; 0 at the same place."""
        if one.id == other.id:
            return 0
        return self.of.get((one.id, other.id), inf)

    def matrix(self, ones: tuple[Place, ...], others: tuple[Place, ...]) -> Floats:
        """One-way minutes, shape (ones, others)."""
        rows = [[self.minutes(one, other) for other in others] for one in ones]
        return np.array(rows, dtype=np.float64).reshape(len(ones), len(others))


@dataclass(frozen=True, slots=True)
class Rules:
    """Minutes beyond which a day is blocked and a hop is too far, who counts as small, how many weeks have begun."""

    day_blocked_over: int = 90
    hop_at_most: int = 60
    small_population: int = 50_000
    frozen_weeks: int = 0


@dataclass(frozen=True, slots=True)
class Weights:
    """Whole points of the objective."""

    unmet: int = 300
    unmet_half_day: int = 6
    uncovered: int = 200
    uncovered_small: int = 400
    served: int = 20
    surplus_level: int = 4
    role_mismatch: int = 15
    travel_minutes_a_point: int = 20
    incumbent_replaced: int = 80
    preference: int = 8
    missed_week: int = 10
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Municipality:
    """A body that may ask."""

    id: str
    population: int
    place: Place


@dataclass(frozen=True, slots=True)
class Specialist:
    """A shared specialist; `slots` is a set of weekly slots, `max_travel` one-way minutes."""

    id: str
    role: str
    skills: Mapping[str, int]
    place: Place
    slots: int
    max_per_week: int
    max_requests: int
    max_travel: float
    leave_weeks: frozenset[int] = frozenset()
    prefers_small: int = 0
    ties: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Held:
    """An engagement as a file names it: `slots` is a set of weekly slots; the specialist may be gone."""

    request: str
    specialist: str
    start: int
    slots: int


@dataclass(frozen=True, slots=True)
class Request:
    """What a municipality asks for."""

    id: str
    municipality: int
    role: str
    need: Mapping[str, int]
    half_days: int
    weeks: int
    start_min: int
    start_max: int
    mode: str  # onsite, remote, hybrid
    slots: int
    max_missed: int = 0
    priority: int = 1
    bidders: frozenset[str] = frozenset()
    incumbent: str | None = None
    pinned: Held | None = None

    @property
    def remote(self) -> bool:
        """Whether nobody travels."""
        return self.mode == "remote"

    @property
    def onsite_weeks(self) -> int:
        """Planned weeks on site, missed ones included."""
        return {"onsite": self.weeks, "hybrid": -(-self.weeks // 4), "remote": 0}[self.mode]

    def on_site(self, week: int) -> bool:
        """Whether the engagement's week (from 0) is on site; a hybrid one in its first, fifth, ninth …"""
        return self.mode == "onsite" or (self.mode == "hybrid" and week % 4 == 0)


@dataclass(frozen=True, slots=True, order=True)
class Engagement:
    """Who serves a request from which week in which weekly slots; numbers of request and specialist."""

    request: int
    specialist: int
    start: int
    slots: int


Plan = tuple[Engagement, ...]


@dataclass(frozen=True)
class Problem:
    """A quarter to be planned.

    Parameters
    ----------
    weeks, days : int
    travel : Planar or Table
    rules : Rules
    weights : Weights
    municipalities, specialists, requests : tuple
        In the order of the file.
    published : tuple of Held
        The plan that is being replaced; empty for none.
    """

    weeks: int
    days: int
    travel: Planar | Table
    municipalities: tuple[Municipality, ...]
    specialists: tuple[Specialist, ...]
    requests: tuple[Request, ...]
    rules: Rules = Rules()
    weights: Weights = Weights()
    published: tuple[Held, ...] = field(default=())

    @property
    def slot_count(self) -> int:
        """Weekly slots there are."""
        return self.days * HALVES

    @cached_property
    def specialist_number(self) -> dict[str, int]:
        """Number of a specialist by id."""
        return {specialist.id: number for number, specialist in enumerate(self.specialists)}

    @cached_property
    def request_number(self) -> dict[str, int]:
        """Number of a request by id."""
        return {request.id: number for number, request in enumerate(self.requests)}

    @cached_property
    def asked(self) -> dict[int, tuple[int, ...]]:
        """Request numbers by municipality that asked."""
        found: dict[int, list[int]] = {}
        for number, request in enumerate(self.requests):
            found.setdefault(request.municipality, []).append(number)
        return {place: tuple(numbers) for place, numbers in found.items()}

    @cached_property
    def distances(self) -> Floats:
        """One-way minutes, shape (specialists, municipalities)."""
        homes = tuple(specialist.place for specialist in self.specialists)
        return self.travel.matrix(homes, tuple(m.place for m in self.municipalities))

    def small(self, municipality: int) -> bool:
        """Whether a municipality counts as small."""
        return self.municipalities[municipality].population < self.rules.small_population

    def unmet_cost(self, request: int) -> int:
        """Points when a request is not served, without what its municipality adds."""
        asked = self.requests[request]
        size = asked.half_days * asked.weeks
        return asked.priority * (self.weights.unmet + self.weights.unmet_half_day * size)

    def uncovered_cost(self, municipality: int) -> int:
        """Points when a municipality that asked gets nothing."""
        return self.weights.uncovered_small if self.small(municipality) else self.weights.uncovered

    def hop(self, one: int, other: int) -> bool:
        """Whether one can be on site at two municipalities on one day."""
        if one == other:
            return True
        places = self.municipalities
        return self.travel.minutes(places[one].place, places[other].place) <= self.rules.hop_at_most


def by_person(plan: Iterable[Engagement]) -> dict[int, list[Engagement]]:
    """The engagements of each specialist."""
    found: dict[int, list[Engagement]] = {}
    for one in plan:
        found.setdefault(one.specialist, []).append(one)
    return found


def slots_of(mask: int) -> list[int]:
    """The slots of a set, ascending."""
    return [slot for slot in range(mask.bit_length()) if mask >> slot & 1]


def as_pairs(mask: int) -> list[list[int]]:
    """A set of slots as a file writes it: [day, half] each."""
    return [[slot // HALVES, slot % HALVES] for slot in slots_of(mask)]
