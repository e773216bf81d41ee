"""Ranked candidates for one request, now: what a coordinator looks at before anything is planned.

Called while somebody waits for a page, so nothing is searched here and no solver is loaded: the rules are looked at one
specialist at a time, beside what each already holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from kyodo.engines.matching.cost import points_without_leave
from kyodo.engines.matching.problem import Engagement, Plan, Problem, Request, Specialist, by_person
from kyodo.engines.matching.solver.packed import weekly
from kyodo.engines.matching.solver.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Candidate:
    """One specialist for one request.

    Parameters
    ----------
    specialist : str
    points : int
        What serving would cost, missed weeks left out; fewer is better.
    surplus : int
        Levels above what is needed.
    same_role : bool
    travel : float
        One-way minutes; 0 for a remote request.
    free_half_days : int
        Left in the fullest week from the first possible start to the end of the engagement.
    start : int or None
        The first week from which the request fits beside what is held.
    conflicts : tuple of str
        Rules in the way: `tie`, `barred`, `travel`, `request_limit`, `no_common_slots`, `leave`, `all_booked`.
    """

    specialist: str
    points: int
    surplus: int
    same_role: bool
    travel: float
    free_half_days: int
    start: int | None
    conflicts: tuple[str, ...]


def recommend(problem: Problem, request: int, plan: Plan = (), *, most: int = 20) -> list[Candidate]:
    """Specialists who reach every needed level: those without conflicts first, then by points.

    Parameters
    ----------
    problem : Problem
    request : int
        Number of the request.
    plan : Plan
        What the specialists hold; an engagement of the request itself is left out.
    most : int
        How many at most.

    Returns
    -------
    list of Candidate
    """
    asked = problem.requests[request]
    held = by_person(one for one in plan if one.request != request)
    able = [
        _standing(problem, asked, number)
        for number, person in enumerate(problem.specialists)
        if all(person.skills.get(skill, 0) >= level for skill, level in asked.need.items())
    ]
    able.sort(key=lambda one: (len(one.conflicts) > 0, one.points, problem.specialists[one.number].id))
    clear: list[Candidate] = []
    rest: list[Candidate] = []
    for one in able:  # weeks are looked at for as many as are shown, no more
        if len(clear) >= most or (one.conflicts and len(clear) + len(rest) >= most):
            break
        candidate = _candidate(problem, asked, one, held.get(one.number, []))
        (rest if candidate.conflicts else clear).append(candidate)
    return [*clear, *rest][:most]


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is known of a specialist without looking at the weeks."""

    number: int
    points: int
    surplus: int
    minutes: float
    conflicts: tuple[str, ...]


def _standing(problem: Problem, asked: Request, number: int) -> _Standing:
    person, body = problem.specialists[number], problem.municipalities[asked.municipality]
    minutes = 0.0 if asked.remote else problem.travel.minutes(person.place, body.place)
    conflicts = []
    if person.ties & asked.bidders:
        conflicts.append("tie")
    if body.id in person.barred:
        conflicts.append("barred")
    if minutes > person.max_travel:
        conflicts.append("travel")
    surplus = sum(person.skills[skill] - level for skill, level in asked.need.items())
    points = points_without_leave(problem, asked, person, surplus, minutes if isfinite(minutes) else 0.0)
    return _Standing(number, points, surplus, minutes, tuple(conflicts))


def _candidate(problem: Problem, asked: Request, one: _Standing, held: list[Engagement]) -> Candidate:
    person, table = problem.specialists[one.number], Timetable(problem, one.number, held)
    first = max(asked.start_min, problem.rules.frozen_weeks)
    start, why = _first_start(problem, asked, person, table, first)
    full = ("request_limit",) if table.places < 1 else ()
    room = weekly(table.room, problem.weeks)
    weeks = range(first if start is None else start, min(problem.weeks, (start or first) + asked.weeks))
    return Candidate(
        specialist=person.id,
        points=one.points,
        surplus=one.surplus,
        same_role=person.role == asked.role,
        travel=one.minutes,
        free_half_days=min((room[week] for week in weeks), default=0),
        start=start,
        conflicts=(*one.conflicts, *full, *((why,) if start is None else ())),
    )


def _first_start(
    problem: Problem, asked: Request, person: Specialist, table: Timetable, first: int
) -> tuple[int | None, str]:
    """The first week that fits; or what is in the way."""
    why = "leave"
    for start in range(first, min(asked.start_max, problem.weeks - asked.weeks) + 1):
        missed = sum(start <= week < start + asked.weeks for week in person.leave_weeks)
        if missed > asked.max_missed or missed >= asked.weeks:
            continue
        ways, load = table.ways(asked, start)
        if ways and table.fits_room(table.room, load):
            return start, ""
        why = "all_booked" if load else "no_common_slots"
    return None, why
