"""The independent checker: every plan passes it before it leaves, whoever or whatever proposed it.

It shares no arithmetic with the solver: it walks through the weeks one by one and counts again from the problem alone,
so that a fault has to be made twice in two different ways to go unseen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kyodo.engines.matching.problem import Engagement, Held, Problem, Request, Specialist, slots_of


class CheckFailedError(Exception):
    """A plan that was about to leave breaks a rule: a fault of this program, never of the input."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a plan breaks.

    Parameters
    ----------
    rule : str
        `form`, `once`, `shape`, `window`, `level`, `tie`, `barred`, `travel`, `weekly_limit`, `request_limit`,
        `specialist_slots`, `municipality_slots`, `blocked_half`, `leave`, `slot_twice`, `hop`, `frozen`, `pinned`,
        `objective`.
    requests : tuple of str
        Ids of the requests it is about.
    by_pins : bool
        Whether pinned engagements alone bring it: told, but no fault of the plan.
    """

    rule: str
    requests: tuple[str, ...] = ()
    by_pins: bool = False


def verify(problem: Problem, plan: Iterable[Engagement], *, objective: int | None = None) -> tuple[Violation, ...]:
    """Check a plan against every rule of its problem.

    Parameters
    ----------
    problem : Problem
    plan : iterable of Engagement
    objective : int, optional
        The points that are claimed for the plan.

    Returns
    -------
    tuple of Violation
        Empty when the plan is valid and no pin breaks a rule.
    """
    plan = list(plan)
    malformed = tuple(_form(problem, plan))
    if malformed:
        return malformed
    pinned = {one.request for one in plan if is_fixed(problem, one)}
    found = []
    for one in plan:
        rules = list(dict.fromkeys(own_faults(problem, one)))
        asked = problem.requests[one.request]
        found += [Violation(rule, (asked.id,), asked.pinned is not None) for rule in rules]
    by_person = defaultdict(list)
    for one in plan:
        by_person[one.specialist].append(one)
    for person, own in by_person.items():
        found += _together(problem, problem.specialists[person], own, pinned)
    found += _kept(problem, plan)
    if objective is not None and objective != recount(problem, plan):
        found.append(Violation("objective"))
    return tuple(found)


def _form(problem: Problem, plan: list[Engagement]) -> Iterator[Violation]:
    seen = set()
    for one in plan:
        known = 0 <= one.request < len(problem.requests) and 0 <= one.specialist < len(problem.specialists)
        whole = all(type(value) is int for value in (one.request, one.specialist, one.start, one.slots))
        if not known or not whole or one.slots < 1 or one.slots >> (2 * problem.days) or one.start < 0:
            yield Violation("form")
        elif one.request in seen:
            yield Violation("once", (problem.requests[one.request].id,))
        else:
            seen.add(one.request)


def own_faults(problem: Problem, one: Engagement) -> Iterator[str]:
    """The rules that an engagement breaks by itself."""
    asked, person = problem.requests[one.request], problem.specialists[one.specialist]
    own = slots_of(one.slots)
    if not _shaped(asked, own):
        yield "shape"
    if not asked.start_min <= one.start <= asked.start_max or one.start + asked.weeks > problem.weeks:
        yield "window"
    if any(person.skills.get(skill, 0) < level for skill, level in asked.need.items()):
        yield "level"
    if person.ties & asked.bidders:
        yield "tie"
    body = problem.municipalities[asked.municipality]
    if body.id in person.barred:
        yield "barred"
    if not asked.remote and problem.travel.minutes(person.place, body.place) > person.max_travel:
        yield "travel"
    if max((len(taken) for taken in _weekly(problem, one).values()), default=0) > person.max_per_week:
        yield "weekly_limit"
    if person.max_requests < 1:
        yield "request_limit"
    if one.slots & ~person.slots:
        yield "specialist_slots"
    if one.slots & ~asked.slots:
        yield "municipality_slots"
    for taken in _weekly(problem, one).values():
        if any(not person.slots >> slot & 1 and not one.slots >> slot & 1 for slot in taken):
            yield "blocked_half"
    missed = sum(week in person.leave_weeks for week in _span(problem, one))
    if missed > asked.max_missed or missed >= asked.weeks:
        yield "leave"


def _shaped(asked: Request, own: list[int]) -> bool:
    """Whether the slots are a weekly pattern of the request."""
    if len(own) != asked.half_days:
        return False
    days = Counter(slot // 2 for slot in own)
    full = all(count == 2 for count in days.values())
    if asked.half_days == 1 or full:
        return True
    return asked.half_days == 2 and asked.remote and own[0] % 2 == own[1] % 2


def _span(problem: Problem, one: Engagement) -> range:
    return range(one.start, min(problem.weeks, one.start + problem.requests[one.request].weeks))


def _away(problem: Problem, one: Engagement, week: int) -> bool:
    """Whether the specialist is on site in a week of the quarter."""
    asked = problem.requests[one.request]
    return asked.mode == "onsite" or (asked.mode == "hybrid" and (week - one.start) % 4 == 0)


def _weekly(problem: Problem, one: Engagement) -> dict[int, set[int]]:
    """Slots that are held or blocked, by week."""
    asked, person = problem.requests[one.request], problem.specialists[one.specialist]
    minutes = problem.travel.minutes(person.place, problem.municipalities[asked.municipality].place)
    own = set(slots_of(one.slots))
    whole_days = own | {slot ^ 1 for slot in own}
    far = minutes > problem.rules.day_blocked_over
    return {
        week: whole_days if far and _away(problem, one, week) else own
        for week in range(one.start, one.start + asked.weeks)
        if week < problem.weeks
    }


def _together(problem: Problem, person: Specialist, own: list[Engagement], pinned: set[int]) -> Iterator[Violation]:
    """What the engagements of one specialist break together."""
    taken = {one.request: _weekly(problem, one) for one in own}

    def told(rule: str, about: Iterable[Engagement], by_pins: bool) -> Violation:
        return Violation(rule, tuple(problem.requests[one.request].id for one in about), by_pins)

    if len(own) > person.max_requests:
        yield told("request_limit", own, all(one.request in pinned for one in own))
    for week in range(problem.weeks):
        here = [one for one in own if week in taken[one.request]]
        if sum(len(taken[one.request][week]) for one in here) > person.max_per_week:
            yield told("weekly_limit", here, all(one.request in pinned for one in here))
            break
    for one, other in combinations(own, 2):
        both = {one.request, other.request} <= pinned
        shared = taken[one.request].keys() & taken[other.request].keys()
        if any(taken[one.request][week] & taken[other.request][week] for week in shared):
            yield told("slot_twice", (one, other), both)
        if any(_too_far(problem, one, other, week) for week in shared):
            yield told("hop", (one, other), both)


def _too_far(problem: Problem, one: Engagement, other: Engagement, week: int) -> bool:
    if not (_away(problem, one, week) and _away(problem, other, week)):
        return False
    places = [problem.requests[each.request].municipality for each in (one, other)]
    if places[0] == places[1]:
        return False
    days = [{slot // 2 for slot in slots_of(each.slots)} for each in (one, other)]
    bodies = [problem.municipalities[place].place for place in places]
    return bool(days[0] & days[1]) and problem.travel.minutes(*bodies) > problem.rules.hop_at_most


def _as_held(problem: Problem, one: Engagement) -> Held:
    return Held(problem.requests[one.request].id, problem.specialists[one.specialist].id, one.start, one.slots)


def begun(problem: Problem) -> dict[int, Engagement]:
    """Published engagements that began before the frozen weeks ended and can go on, by request number."""
    found = {}
    for held in problem.published:
        request = problem.request_number.get(held.request)
        person = problem.specialist_number.get(held.specialist)
        if held.start >= problem.rules.frozen_weeks or request is None or person is None:
            continue
        one = Engagement(request, person, held.start, held.slots)
        if problem.requests[request].pinned is None and not list(own_faults(problem, one)):
            found[request] = one
    return found


def is_fixed(problem: Problem, one: Engagement) -> bool:
    """Whether an engagement is pinned, or began in the frozen weeks."""
    pin = problem.requests[one.request].pinned
    if pin is not None:
        return _as_held(problem, one) == pin
    held = _as_held(problem, one)
    return held.start < problem.rules.frozen_weeks and held in problem.published


def _kept(problem: Problem, plan: list[Engagement]) -> Iterator[Violation]:
    """Pins and frozen weeks."""
    now = {one.request: one for one in plan}
    for number, asked in enumerate(problem.requests):
        if asked.pinned is not None and (number not in now or _as_held(problem, now[number]) != asked.pinned):
            yield Violation("pinned", (asked.id,))
    going_on = begun(problem)
    for number, one in going_on.items():
        if now.get(number) != one:
            yield Violation("frozen", (problem.requests[number].id,))
    for one in plan:
        asked = problem.requests[one.request]
        if one.start < problem.rules.frozen_weeks and one.request not in going_on and asked.pinned is None:
            yield Violation("frozen", (asked.id,))


def recount(problem: Problem, plan: Iterable[Engagement]) -> int:
    """The plan's points, by the checker's own count."""
    plan = list(plan)
    served = {one.request for one in plan}
    bodies = {problem.requests[request].municipality for request in served}
    total = sum(_points(problem, one) for one in plan)
    for number, asked in enumerate(problem.requests):
        if number not in served:
            size = asked.half_days * asked.weeks
            total += asked.priority * (problem.weights.unmet + problem.weights.unmet_half_day * size)
    for body in {asked.municipality for asked in problem.requests} - bodies:
        small = problem.municipalities[body].population < problem.rules.small_population
        total += problem.weights.uncovered_small if small else problem.weights.uncovered
    now = {_as_held(problem, one) for one in plan}
    return total + problem.weights.changed * sum(held not in now for held in problem.published)


def _points(problem: Problem, one: Engagement) -> int:
    asked, person = problem.requests[one.request], problem.specialists[one.specialist]
    weights, body = problem.weights, problem.municipalities[asked.municipality]
    points = weights.served
    for skill, level in asked.need.items():
        points += weights.surplus_level * max(0, person.skills.get(skill, 0) - level)
    if person.role != asked.role:
        points += weights.role_mismatch
    away = [week for week in range(asked.weeks) if _away(problem, one, one.start + week)]
    if away:
        trips = len(away) * (2 if asked.half_days == 4 else 1)
        minutes = problem.travel.minutes(person.place, body.place)
        if minutes != float("inf"):
            points += int(minutes * trips // weights.travel_minutes_a_point)
    if asked.incumbent not in (None, person.id):
        points += weights.incumbent_replaced
    if person.prefers_small:
        small = body.population < problem.rules.small_population
        points += -weights.preference if small == (person.prefers_small > 0) else weights.preference
    missed = sum(week in person.leave_weeks for week in _span(problem, one))
    return max(0, points) + weights.missed_week * missed
