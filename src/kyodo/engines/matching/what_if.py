"""What a change would bring: one more specialist of a role, a half-day more somewhere, a window or a level eased."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from kyodo.engines.matching.problem import HALVES, Plan, Problem, Request, Specialist
from kyodo.engines.matching.solver.options import Floats, Options
from kyodo.engines.matching.solver.search import SMALL, search
from kyodo.engines.patience import Patience

HALF_DAYS, REQUESTS, TRAVEL, LEVEL, SKILLS = 4, 3, 120, 4, 4  # whom one would hire
SECONDS = 0.5
AREAS = 10  # that are told
EASED = 2  # requests for which a wider window, and a lower level, is tried
WIDER = 2  # weeks, on both sides; not into those that have begun


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change and what it would bring.

    Parameters
    ----------
    change : str
        `one_more_specialist`, `one_more_half_day`, `wider_window`, `lower_level`.
    about : str
        The role, the municipality in the middle of an area, the request.
    serves : tuple of str
        Requests that would be served and are not now; of a half-day, those that wait for it.
    saves : int
        Points fewer than now; no plan is promised for a half-day, whose worth comes from the prices.
    by : int
        Specialists, half-days, weeks, levels; 1 but for a window.
    """

    change: str
    about: str
    serves: tuple[str, ...]
    saves: int
    by: int = 1


def next_specialists(problem: Problem, unmet: list[int], patience: Patience) -> list[WhatIf]:
    """For each role that unmet requests name: a specialist with the skills they ask for, living where most of them are.

    Parameters
    ----------
    problem : Problem
    unmet : list of int
        Requests that the plan leaves.
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
        saves = before - outcome.objective
        found.append(WhatIf("one_more_specialist", role, served, saves))
    return sorted(found, key=lambda one: (-one.saves, one.about))


def next_half_days(options: Options, unmet: list[int], prices: Floats) -> list[WhatIf]:
    """For each area with unmet requests that somebody could serve: what the next half-day there is worth.

    An area is a municipality with those that one can visit on the same day. The worth is that of the request that pays
    most for a half-day: its price, less the points of whoever serves it most cheaply.
    """
    problem = options.problem
    least = options.least()
    worth = {}
    for number in unmet:
        asked = problem.requests[number]
        each = float(prices[number] - least[number]) / (asked.half_days * asked.weeks)
        if each >= 0.5:
            worth[number] = each
    found = []
    for middle, bodies in _areas(problem, list(worth)):
        own = sorted((number for number in worth if problem.requests[number].municipality in bodies),
                     key=lambda number: (-worth[number], number))  # fmt: skip
        saves = round(worth[own[0]])
        waiting = tuple(problem.requests[number].id for number in own)
        about = problem.municipalities[middle].id
        found.append(WhatIf("one_more_half_day", about, waiting, saves))
    return sorted(found, key=lambda one: (-one.saves, one.about))[:AREAS]


def _areas(problem: Problem, waiting: list[int]) -> list[tuple[int, set[int]]]:
    """Municipalities where requests wait, those with the most first, each with its neighbours that are still free."""
    counts = Counter(problem.requests[number].municipality for number in waiting)
    left, found = set(counts), []
    for middle in sorted(counts, key=lambda body: (-counts[body], body)):
        if middle in left:
            near = {body for body in left if problem.hop(middle, body)}
            left -= near
            found.append((middle, near))
    return found


def eased(problem: Problem, plan: Plan, unmet: list[int], objective: int, patience: Patience) -> list[WhatIf]:
    """The dearest unmet requests with a wider window, or with their highest level one lower: the plan made anew."""
    if len(problem.specialists) > SMALL:
        return []
    before = {one.request for one in plan}
    order = sorted(unmet, key=lambda number: (-problem.unmet_cost(number), number))
    found = []
    for change, ease, by in (("wider_window", _wider, WIDER), ("lower_level", _lower, 1)):
        others = [(number, ease(problem, problem.requests[number])) for number in order]
        for number, other in [(number, other) for number, other in others if other is not None][:EASED]:
            rows = (*problem.requests[:number], other, *problem.requests[number + 1 :])
            outcome = search(replace(problem, requests=rows), patience.fresh(SECONDS))
            now = sorted({one.request for one in outcome.plan} - before)
            saves = objective - outcome.objective
            if saves > 0:
                served = tuple(problem.requests[one].id for one in now)
                found.append(WhatIf(change, other.id, served, saves, by))
    return sorted(found, key=lambda one: (-one.saves, one.about))


def _wider(problem: Problem, asked: Request) -> Request | None:
    first = min(asked.start_min, max(problem.rules.frozen_weeks, asked.start_min - WIDER))
    last = min(problem.weeks - asked.weeks, asked.start_max + WIDER)
    if (first, last) == (asked.start_min, asked.start_max):
        return None
    return replace(asked, start_min=first, start_max=last)


def _lower(problem: Problem, asked: Request) -> Request | None:
    if not asked.need:
        return None
    hardest = min(asked.need, key=lambda skill: (-asked.need[skill], skill))
    if asked.need[hardest] <= 1:
        return None
    return replace(asked, need={**asked.need, hardest: asked.need[hardest] - 1})


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
