"""What serving a request costs, part by part: whole points, as the objective has them."""

from __future__ import annotations

from math import floor, isfinite

from kyodo.engines.matching.problem import Engagement, Plan, Problem

TWICE_A_WEEK = 4  # half-days from which a specialist travels twice a week


def trips(problem: Problem, request: int) -> int:
    """Journeys of an engagement, missed weeks included."""
    asked = problem.requests[request]
    return asked.onsite_weeks * (2 if asked.half_days == TWICE_A_WEEK else 1)


def parts_of(problem: Problem, one: Engagement) -> dict[str, int]:
    """Points of an engagement by part; `floor` where the sum without missed weeks would be below 0."""
    asked, person = problem.requests[one.request], problem.specialists[one.specialist]
    weights = problem.weights
    surplus = sum(person.skills.get(skill, 0) - level for skill, level in asked.need.items())
    parts = {"served": weights.served, "surplus": weights.surplus_level * surplus}
    parts["role"] = weights.role_mismatch if person.role != asked.role else 0
    minutes = float(problem.distances[one.specialist, asked.municipality]) if not asked.remote else 0.0
    journeys = trips(problem, one.request)
    parts["travel"] = floor(minutes * journeys / weights.travel_minutes_a_point) if isfinite(minutes) else 0
    parts["incumbent"] = weights.incumbent_replaced if asked.incumbent not in (None, person.id) else 0
    likes = person.prefers_small * (1 if problem.small(asked.municipality) else -1)
    parts["preference"] = -likes * weights.preference
    below = -min(0, sum(parts.values()))
    if below:
        parts["floor"] = below
    weeks = range(one.start, one.start + asked.weeks)
    parts["missed"] = weights.missed_week * sum(week in person.leave_weeks for week in weeks)
    return {name: points for name, points in parts.items() if points}


def objective_of(problem: Problem, plan: Plan) -> int:
    """The points of a whole plan."""
    served = {one.request for one in plan}
    total = sum(sum(parts_of(problem, one).values()) for one in plan)
    total += sum(problem.unmet_cost(number) for number in range(len(problem.requests)) if number not in served)
    total += sum(problem.uncovered_cost(body) for body, own in problem.asked.items() if not served & set(own))
    kept = {(one.request, one.specialist, one.start, one.slots) for one in plan}
    return total + problem.weights.changed * sum(
        key not in kept for key in (published_key(problem, number) for number in range(len(problem.published)))
    )


def published_key(problem: Problem, number: int) -> tuple[int, int, int, int]:
    """A published engagement in numbers; -1 for who or what is gone."""
    held = problem.published[number]
    request = problem.request_number.get(held.request, -1)
    return request, problem.specialist_number.get(held.specialist, -1), held.start, held.slots
