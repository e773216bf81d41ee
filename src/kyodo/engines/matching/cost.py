"""What serving a request costs, part by part: whole points, as the objective has them."""

from __future__ import annotations

from math import floor, isfinite

from kyodo.engines.matching.problem import Engagement, Plan, Problem, Request, Specialist

TWICE_A_WEEK = 4  # half-days from which a specialist travels twice a week


def trips(asked: Request) -> int:
    """Journeys of an engagement, missed weeks included."""
    return asked.onsite_weeks * (2 if asked.half_days == TWICE_A_WEEK else 1)


def _parts(problem: Problem, asked: Request, person: Specialist, surplus: int, minutes: float) -> dict[str, int]:
    weights = problem.weights
    likes = person.prefers_small * (1 if problem.small(asked.municipality) else -1)
    parts = {
        "served": weights.served,
        "surplus": weights.surplus_level * surplus,
        "role": weights.role_mismatch if person.role != asked.role else 0,
        "travel": floor(minutes * trips(asked) / weights.travel_minutes_a_point),
        "incumbent": weights.incumbent_replaced if asked.incumbent not in (None, person.id) else 0,
        "preference": -likes * weights.preference,
    }
    below = -min(0, sum(parts.values()))
    return {**parts, "floor": below} if below else parts


def points_without_leave(problem: Problem, asked: Request, person: Specialist, surplus: int, minutes: float) -> int:
    """Points of an engagement without missed weeks, from the surplus levels and the one-way minutes."""
    return sum(_parts(problem, asked, person, surplus, minutes).values())


def parts_of(problem: Problem, one: Engagement) -> dict[str, int]:
    """Points of an engagement by part; `floor` where the sum without missed weeks would be below 0."""
    asked, person = problem.requests[one.request], problem.specialists[one.specialist]
    surplus = sum(max(0, person.skills.get(skill, 0) - level) for skill, level in asked.need.items())
    body = problem.municipalities[asked.municipality].place
    minutes = 0.0 if asked.remote else problem.travel.minutes(person.place, body)
    parts = _parts(problem, asked, person, surplus, minutes if isfinite(minutes) else 0.0)
    weeks = range(one.start, min(problem.weeks, one.start + asked.weeks))
    parts["missed"] = problem.weights.missed_week * sum(week in person.leave_weeks for week in weeks)
    return {name: points for name, points in parts.items() if points}


def objective_of(problem: Problem, plan: Plan) -> int:
    """The points of a whole plan."""
    served = {one.request for one in plan}
    total = sum(sum(parts_of(problem, one).values()) for one in plan)
    total += sum(problem.unmet_cost(number) for number in range(len(problem.requests)) if number not in served)
    total += sum(problem.uncovered_cost(body) for body, own in problem.asked.items() if not served & set(own))
    return total + problem.weights.changed * given_up(problem, plan)


def given_up(problem: Problem, plan: Plan) -> int:
    """Published engagements that a plan does not keep as they are, whoever or whatever is gone among them."""
    kept = set(plan)
    requests, people = problem.request_number, problem.specialist_number
    published = (
        Engagement(requests.get(held.request, -1), people.get(held.specialist, -1), held.start, held.slots)
        for held in problem.published
    )
    return sum(one not in kept for one in published)
