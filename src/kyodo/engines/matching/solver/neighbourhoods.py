"""Improves a plan part by part: some specialists are freed, and the best choice of their programmes is found anew."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np

from kyodo.engines.matching.solver.choose import choose
from kyodo.engines.matching.solver.programmes import Floats, Programme, keep
from kyodo.engines.matching.solver.state import NEVER

if TYPE_CHECKING:
    from kyodo.engines.matching.solver.search import _Search

FREED = 40  # specialists
FEWEST, MOST = 20, 160
EACH = 60  # programmes of a specialist that are chosen from
SLACK = 60.0  # points within which they are of the best
NODES = 4_000
SECONDS = 8.0  # for one choice


def improve(run: _Search) -> None:
    """Neighbourhoods until time is over or the plan is proven."""
    rng = random.Random(run.seed)  # noqa: S311
    near = _neighbours(run)
    people = [person for person, table in enumerate(run.bench.tables) if table.places]
    freed, idle = FREED, 0
    while people and not run.patience.over and not run.proven:
        size = min(len(people), freed)
        chosen = _freed(run, rng, near, people, size)
        done, better = _solve(run, chosen)
        idle = 0 if better else idle + 1
        if not done:
            freed = max(FEWEST, freed - 5)
        elif not better:
            freed = min(MOST, freed + 2)
        if size == len(people) and idle > 3:
            return


def _neighbours(run: _Search) -> np.ndarray:
    """Coordinates of specialists, by which neighbours are found."""
    return np.array([[one.place.x, one.place.y] for one in run.demand.problem.specialists]).reshape(-1, 2)


def _freed(run: _Search, rng: random.Random, near: np.ndarray, people: list[int], size: int) -> list[int]:
    """A specialist and those who live near, or who could serve the same unmet requests."""
    centre = rng.choice(people)
    options = run.bench.options
    if rng.random() < 0.5:
        away = np.hypot(*(near[people] - near[centre]).T)
        order = np.argsort(away + np.array([rng.random() * 30 for _ in people]), kind="stable")
        return sorted(people[place] for place in order[:size])
    low, high = options.first[centre], options.first[centre + 1]
    wanted = np.unique(options.request[low:high])
    gain = run.prices[wanted]
    wanted = wanted[np.argsort(-gain - np.array([rng.random() * 50 for _ in wanted]), kind="stable")[:40]]
    shared = np.isin(options.request, wanted) & (run.prices[options.request] > options.cost)
    counts = np.bincount(options.person[shared], minlength=len(run.bench.tables)).astype(float)
    counts += np.array([rng.random() for _ in counts])
    order = np.argsort(-counts[people], kind="stable")
    return sorted({centre, *(people[place] for place in order[: size - 1])})


def _solve(run: _Search, freed: list[int]) -> tuple[bool, bool]:
    """The best choice for the freed; whether the choice was proven, and whether the plan is better."""
    inside = set(freed)
    kept = [one for person, one in run.state.of.items() if person not in inside]
    present = [one for person, one in run.state.of.items() if person in inside]
    served = {request for one in kept for request in one.requests}
    prices = run.prices.copy()
    prices[list(served)] = NEVER
    listed = {(one.person, one.requests): one for one in present}
    for person in freed:
        found = run.bench.several(person, prices, SLACK, NODES, EACH)
        best = max((_profit(one, prices) for one in found), default=0.0)
        found += [one for one in run.pool.of[person].values() if _profit(one, prices) > best - SLACK]
        for one in found:
            keep(listed, (person, one.requests), one)
    before = run.state.cost
    chosen, outcome = choose(run.demand, list(listed.values()), run.patience.at_most(SECONDS), kept=kept, start=present)
    if chosen:
        run.replace([*kept, *chosen])
    return outcome.status == "optimal", run.state.cost < before


def _profit(one: Programme, prices: Floats) -> float:
    return sum(float(prices[request]) for request in one.requests) - one.cost
