"""What a plan means for people: who is served how much, by population; how the weeks are filled; what changed."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo.engines.matching.problem import Engagement, Held, Plan, Problem, by_person
from kyodo.engines.matching.solver.packed import weekly
from kyodo.engines.matching.solver.timetable import Timetable
from kyodo.engines.matching.verify import own_faults

SMALLEST, LARGE = 10_000, 200_000


@dataclass(frozen=True, slots=True)
class Fairness:
    """Served share of half-days by band, the least of them, and the Gini index over the municipalities that asked."""

    bands: dict[str, float]
    least: float | None
    gini: float


def band(problem: Problem, municipality: int) -> str:
    """Population band of a municipality."""
    population = problem.municipalities[municipality].population
    limits = sorted({SMALLEST, problem.rules.small_population, LARGE})
    return next((f"<{limit}" for limit in limits if population < limit), f">={limits[-1]}")


def fairness(problem: Problem, plan: Plan) -> Fairness:
    """How the served half-days are shared."""
    served = {one.request for one in plan}
    asked_of: dict[str, list[int]] = {}
    shares = []
    for body, own in problem.asked.items():
        sizes = {request: problem.requests[request].half_days * problem.requests[request].weeks for request in own}
        got = sum(size for request, size in sizes.items() if request in served)
        total = asked_of.setdefault(band(problem, body), [0, 0])
        total[0] += got
        total[1] += sum(sizes.values())
        shares.append(got / sum(sizes.values()))
    bands = {name: got / total for name, (got, total) in sorted(asked_of.items(), key=lambda row: _order(row[0]))}
    return Fairness(bands, min(bands.values(), default=None), _gini(shares))


def _order(name: str) -> tuple[int, str]:
    return int(name.strip("<>=")), name


def _gini(shares: list[float]) -> float:
    if not sum(shares):
        return 0.0
    ordered = sorted(shares)
    weighted = sum((2 * place - len(ordered) + 1) * share for place, share in enumerate(ordered))
    return weighted / (len(ordered) * sum(ordered))


def uncovered_small(problem: Problem, plan: Plan) -> int:
    """Small municipalities that asked and got nothing."""
    served = {problem.requests[one.request].municipality for one in plan}
    return sum(problem.small(body) and body not in served for body in problem.asked)


def load(problem: Problem, plan: Plan) -> dict[str, list[int]]:
    """Half-days of each week by specialist, blocked ones included."""
    found = {}
    held = by_person(plan)
    for number, one in enumerate(problem.specialists):
        table = Timetable(problem, number)
        loads = [table.load(each) for each in held.get(number, ())]
        by_week = [weekly(load, problem.weeks) for load in loads]
        found[one.id] = [sum(counts) for counts in zip([0] * problem.weeks, *by_week, strict=True)]
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """A published engagement that is not kept, or a request that is served anew."""

    request: str
    before: Held | None
    after: Held | None
    cause: str  # specialist_gone, request_gone, not_possible_any_more, pinned, for_others, new


def changes(problem: Problem, plan: Plan) -> list[Change]:
    """What differs from the published plan."""
    now = {}
    for one in plan:
        name = problem.requests[one.request].id
        now[name] = Held(name, problem.specialists[one.specialist].id, one.start, one.slots)
    found = [
        Change(held.request, held, now.get(held.request), _cause(problem, held))
        for held in problem.published
        if now.get(held.request) != held
    ]
    if problem.published:
        before = {held.request for held in problem.published}
        found += [Change(name, None, held, "new") for name, held in now.items() if name not in before]
    return found


def _cause(problem: Problem, held: Held) -> str:
    if held.request not in problem.request_number:
        return "request_gone"
    request = problem.request_number[held.request]
    if problem.requests[request].pinned is not None:
        return "pinned"
    if held.specialist not in problem.specialist_number:
        return "specialist_gone"
    one = Engagement(request, problem.specialist_number[held.specialist], held.start, held.slots)
    return "not_possible_any_more" if list(own_faults(problem, one)) else "for_others"
