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
    ejections(bench, state, patience, seed)


def by_prices(bench: Bench, demand: Demand, prices: Floats, profit: Floats, patience: Patience, seed: int) -> State:
    """A plan for which prices say what a request is worth beside others; those to whom it matters least come first."""
    state, worth = State(demand), prices.copy()
    for person in np.argsort(profit, kind="stable").tolist():
        if patience.over:
            break
        for one in bench.best(person, worth, NODES).programmes.values():
            state.put(one)
            worth[list(one.requests)] = NEVER
    ejections(bench, state, patience, seed)
    return state


def ejections(bench: Bench, state: State, patience: Patience, seed: int) -> None:
    """Each specialist in turn drops everything and takes the best programme anew."""
    people = [person for person, table in enumerate(bench.tables) if table.places]
    random.Random(seed).shuffle(people)  # noqa: S311
    for person in people:
        if patience.over:
            return
        present = state.of.get(person)
        cost = state.cost
        state.drop(person)
        for one in bench.best(person, state.values(), NODES).programmes.values():
            state.put(one)
        if state.cost >= cost:
            state.drop(person)
            if present is not None:
                state.put(present)
