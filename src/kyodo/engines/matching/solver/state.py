"""The plan so far: one programme a specialist at most, its points, and who serves what."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.problem import Engagement, Plan
from kyodo.engines.matching.solver.demand import Demand
from kyodo.engines.matching.solver.programmes import Bench, Programme

Floats = NDArray[np.float64]


class State:
    """A plan while it is being improved."""

    def __init__(self, demand: Demand, chosen: Iterable[Programme] = ()) -> None:
        self.demand = demand
        self.of: dict[int, Programme] = {}
        self.server: dict[int, int] = {}
        for one in chosen:
            self.put(one)

    def put(self, one: Programme) -> None:
        """Give a specialist a programme in place of the present one."""
        self.drop(one.person)
        self.of[one.person] = one
        for request in one.requests:
            self.server[request] = one.person

    def drop(self, person: int) -> None:
        """Take a specialist's programme away."""
        gone = self.of.pop(person, None)
        for request in gone.requests if gone else ():
            del self.server[request]

    @property
    def cost(self) -> int:
        """Points of the whole plan."""
        return self.demand.cost((one.cost, one.requests) for one in self.of.values())

    def values(self) -> Floats:
        """What serving each request would save now: 0 for those that are served."""
        found = self.demand.unmet.copy()
        covered = np.zeros(len(self.demand.bodies) + 1, dtype=bool)
        served = np.array(sorted(self.server), dtype=np.int64)
        covered[self.demand.body_of[served]] = True
        body = self.demand.body_of
        alone = (body >= 0) & ~covered[body]
        found[alone] += self.demand.uncovered[body[alone]]
        found[served] = 0
        return found

    def plan(self, bench: Bench) -> Plan:
        """The engagements, with those that are fixed."""
        options = bench.options
        found = list(options.fixed.values())
        for one in self.of.values():
            table = bench.tables[one.person]
            items = tuple(table.item(number) for number in one.options)
            slots = table.slots_for(items)
            assert slots is not None
            found += [
                Engagement(item.request, one.person, int(options.start[item.number]), chosen)
                for item, chosen in zip(items, slots, strict=True)
            ]
        return tuple(sorted(found))
