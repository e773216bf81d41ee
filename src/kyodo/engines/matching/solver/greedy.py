"""A first plan, and what single specialists can improve in it."""

from __future__ import annotations

import random

from kyodo.engines.matching.solver.programmes import Bench, Floats
from kyodo.engines.matching.solver.state import State
from kyodo.engines.patience import Patience

NODES = 300  # a first plan need not be the best


def first_plan(bench: Bench, state: State, prices: Floats | None, patience: Patience, seed: int) -> None:
    """One specialist after the other takes the best of what is left, those with the fewest options first.

    Prices, where they are known, say what a request is worth beside others; what it saves is known from the plan.
    """
    options = bench.options
    size = options.first[1:] - options.first[:-1]
    order = sorted(range(len(size)), key=lambda person: (int(size[person]), person))
    for person in order:
        if patience.over or not size[person]:
            continue
        worth = state.values()
        if prices is not None:
            worth[worth > 0] = prices[worth > 0]
        for one in bench.best(person, worth, NODES).programmes.values():
            state.put(one)
    ejections(bench, state, patience, seed, rounds=1)


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
