"""A first plan, and what single specialists can improve in it."""

from __future__ import annotations

import random

import numpy as np

from kyodo.engines.matching.solver.demand import Demand
from kyodo.engines.matching.solver.programmes import Bench, Floats
from kyodo.engines.matching.solver.state import NEVER, State
from kyodo.engines.patience import Patience

NODES = 300  # a first plan need not be the best


def first_plan(bench: Bench, state: State, patience: Patience, seed: int) -> None:
    """One specialist after the other takes the best of what is left, those with the fewest options first."""
    options = bench.options
    size = options.first[1:] - options.first[:-1]
    order = sorted(range(len(size)), key=lambda person: (int(size[person]), person))
    for person in order:
        if patience.over or not size[person]:
            continue
        for one in bench.best(person, state.values(), NODES).programmes.values():
            state.put(one)
    ejections(bench, state, patience, seed, rounds=1)


def by_prices(bench: Bench, demand: Demand, prices: Floats, profit: Floats, patience: Patience, seed: int) -> State:
    """A plan for which prices say what a request is worth beside others; those to whom it matters least come first."""
    state, worth = State(demand), prices.copy()
    for person in np.argsort(profit, kind="stable").tolist():
        if patience.over:
            break
        for one in bench.best(person, worth, NODES).programmes.values():
            state.put(one)
            worth[list(one.requests)] = NEVER
    ejections(bench, state, patience, seed, rounds=1)
    return state


def ejections(bench: Bench, state: State, patience: Patience, seed: int, rounds: int = 3) -> int:
    """Each specialist in turn drops everything and takes the best programme anew; how many changed."""
    rng = random.Random(seed)  # noqa: S311
    people = [person for person, table in enumerate(bench.tables) if table.places]
    changed = 0
    for _round in range(rounds):
        rng.shuffle(people)
        before = changed
        for person in people:
            if patience.over:
                return changed
            present = state.of.get(person)
            cost = state.cost
            state.drop(person)
            for one in bench.best(person, state.values(), NODES).programmes.values():
                state.put(one)
            if state.cost < cost:
                changed += 1
            elif present is not None:
                state.put(present)
            else:
                state.drop(person)
        if changed == before:
            break
    return changed
