"""What the optimum is, found in two other ways: by trying every plan, and by CP-SAT on the model of all options."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from kyodo.engines.matching.problem import Engagement, Problem
from kyodo.engines.matching.verify import own_faults, recount, verify

TOGETHER = {"slot_twice", "weekly_limit", "request_limit", "hop"}


def engagements(problem: Problem, request: int) -> Iterator[Engagement]:
    """Every engagement of a request that breaks no rule by itself."""
    count = problem.requests[request].half_days
    masks = [sum(1 << slot for slot in own) for own in combinations(range(problem.slot_count), count)]
    for person in range(len(problem.specialists)):
        for start in range(problem.rules.frozen_weeks, problem.weeks):
            for mask in masks:
                one = Engagement(request, person, start, mask)
                if not any(own_faults(problem, one)):
                    yield one


def exhaustive(problem: Problem) -> int:
    """The fewest points of any plan, by trying them all."""
    choices = [list(engagements(problem, request)) for request in range(len(problem.requests))]

    def best(request: int, taken: tuple[Engagement, ...]) -> int:
        if request == len(choices):
            return recount(problem, taken)
        found = best(request + 1, taken)
        for one in choices[request]:
            plan = (*taken, one)
            if not any(fault.rule in TOGETHER for fault in verify(problem, plan)):
                found = min(found, best(request + 1, plan))
        return found

    return best(0, ())


def clash(problem: Problem, one: Engagement, other: Engagement) -> bool:
    """Whether two engagements of one specialist exclude each other."""
    faults = verify(problem, [one, other])
    return any(fault.rule in {"slot_twice", "hop"} for fault in faults)


def cp_sat(problem: Problem, seconds: float, workers: int = 1) -> tuple[str, float, float]:
    """Status, points and bound of CP-SAT on the model with one column for each option and pattern."""
    model: Any = cp_model.CpModel()
    columns, by_person, terms = {}, defaultdict(list), []
    for request in range(len(problem.requests)):
        for one in engagements(problem, request):
            columns[one] = model.new_bool_var("")
            by_person[one.specialist].append(one)
    base = recount(problem, [])
    served = {}
    for request in range(len(problem.requests)):
        own = [one for one in columns if one.request == request]
        served[request] = model.new_bool_var("")
        model.add(sum(columns[one] for one in own) == served[request])
        for one in own:
            alone = recount(problem, [one]) - base
            alone += problem.uncovered_cost(problem.requests[request].municipality)
            terms.append(alone * columns[one])
    for body, asking in problem.asked.items():
        covered = model.new_bool_var("")
        model.add(sum(served[request] for request in asking) >= covered)
        terms.append(-problem.uncovered_cost(body) * covered)
    for person, own in by_person.items():
        _one_week_after_the_other(model, problem, person, own, columns)
    model.minimize(base + sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    return solver.status_name(status), solver.objective_value, solver.best_objective_bound


def _one_week_after_the_other(
    model: Any, problem: Problem, person: int, own: list[Engagement], columns: dict[Engagement, Any]
) -> None:
    one = problem.specialists[person]
    model.add(sum(columns[each] for each in own) <= one.max_requests)
    taken = {each: weekly(problem, each) for each in own}
    for week in range(problem.weeks):
        here = [each for each in own if week in taken[each]]
        model.add(sum(len(taken[each][week]) * columns[each] for each in here) <= one.max_per_week)
        for slot in range(problem.slot_count):
            model.add(sum(columns[each] for each in here if slot in taken[each][week]) <= 1)
    half = [each for each in own if problem.requests[each.request].half_days == 1]
    for each, other in combinations(half, 2):
        if each.request != other.request and each.slots ^ other.slots and clash(problem, each, other):
            model.add(columns[each] + columns[other] <= 1)


def weekly(problem: Problem, one: Engagement) -> dict[int, set[int]]:
    """Slots held or blocked, by week."""
    asked, person = problem.requests[one.request], problem.specialists[one.specialist]
    minutes = problem.travel.minutes(person.place, problem.municipalities[asked.municipality].place)
    own = {slot for slot in range(problem.slot_count) if one.slots >> slot & 1}
    found = {}
    for week in range(one.start, one.start + asked.weeks):
        blocked = asked.on_site(week - one.start) and minutes > problem.rules.day_blocked_over
        found[week] = own | {slot ^ 1 for slot in own} if blocked else own
    return found
