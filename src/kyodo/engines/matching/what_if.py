"""What one more specialist of each role would bring, beside the plan as it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from kyodo.engines.matching.problem import HALVES, Problem, Specialist
from kyodo.engines.matching.solver.search import search
from kyodo.engines.patience import Patience

HALF_DAYS, REQUESTS, TRAVEL, LEVEL, SKILLS = 4, 3, 120, 4, 4  # whom one would hire
SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change, the requests it would serve, and the points of the plan with it."""

    change: str
    serves: tuple[str, ...]
    objective: int


def next_specialists(problem: Problem, unmet: list[int], objective: int, patience: Patience) -> list[WhatIf]:
    """For each role that unmet requests name: a specialist with the skills they ask for, living where most of them are.

    Parameters
    ----------
    problem : Problem
    unmet : list of int
        Requests that the plan leaves.
    objective : int
        The plan's points.
    patience : Patience

    Returns
    -------
    list of WhatIf
        The most valuable first. Whom the plan serves already stays as it is, so the points can be reached.
    """
    found = []
    for role in sorted({problem.requests[number].role for number in unmet}):
        own = [number for number in unmet if problem.requests[number].role == role]
        alone = _alone(problem, own, _hired(problem, own, role))
        before = search(replace(alone, specialists=()), Patience(SECONDS)).objective
        outcome = search(alone, patience.fresh(SECONDS))
        served = tuple(alone.requests[one.request].id for one in outcome.plan)
        found.append(WhatIf(f"one_more_specialist:{role}", served, objective - before + outcome.objective))
    return sorted(found, key=lambda one: (one.objective, one.change))


def _hired(problem: Problem, own: list[int], role: str) -> Specialist:
    skills = Counter(skill for number in own for skill in problem.requests[number].need)
    places = Counter(problem.requests[number].municipality for number in own)
    home = problem.municipalities[min(places, key=lambda body: (-places[body], body))].place
    common = sorted(skills, key=lambda skill: (-skills[skill], skill))[:SKILLS]
    return Specialist(
        id="+1",
        role=role,
        skills=dict.fromkeys(common, LEVEL),
        place=home,
        slots=(1 << problem.days * HALVES) - 1,
        max_per_week=HALF_DAYS,
        max_requests=REQUESTS,
        max_travel=TRAVEL,
    )


def _alone(problem: Problem, own: list[int], person: Specialist) -> Problem:
    """The unmet requests and the new specialist; municipalities that are served otherwise do not count again."""
    covered = {one.municipality for number, one in enumerate(problem.requests) if number not in set(own)}
    weights = problem.weights
    free = replace(weights, uncovered=0, uncovered_small=0, changed=0) if covered else weights
    return replace(
        problem,
        specialists=(person,),
        requests=tuple(replace(problem.requests[number], pinned=None) for number in own),
        weights=free,
        published=(),
    )
