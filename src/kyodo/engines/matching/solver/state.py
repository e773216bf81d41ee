"""The plan so far: one programme a specialist at most, its points, and who serves what."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.problem import Engagement, Plan
from kyodo.engines.matching.solver.demand import Demand
from kyodo.engines.matching.solver.programmes import Bench, Programme

Floats = NDArray[np.float64]

NEVER = -1e9  # what serving is worth where somebody serves already


class State:
    """A plan while it is being improved; its points are kept up to date.

    Parameters
    ----------
    demand : Demand
    chosen : iterable of Programme
        No request in two of them.
    """

    def __init__(self, demand: Demand, chosen: Iterable[Programme] = ()) -> None:
        self.demand = demand
        self.of: dict[int, Programme] = {}
        self.server: dict[int, int] = {}
        self.cost = demand.cost(())
        self._covered = [0] * (len(demand.bodies) + 1)
        for one in chosen:
            self.put(one)

    def put(self, one: Programme) -> None:
        """Give a specialist a programme in place of the present one."""
        self.drop(one.person)
        self.of[one.person] = one
        self.cost += one.cost
        for request in one.requests:
            self.server[request] = one.person
            self._count(request, 1)

    def drop(self, person: int) -> None:
        """Take a specialist's programme away."""
        gone = self.of.pop(person, None)
        if gone is None:
            return
        self.cost -= gone.cost
        for request in gone.requests:
            del self.server[request]
            self._count(request, -1)

    def _count(self, request: int, more: int) -> None:
        """Points of a request and its municipality when it is served, or not any more."""
        self.cost -= more * int(self.demand.unmet[request])
        body = int(self.demand.body_of[request])
        before = self._covered[body] > 0
        self._covered[body] += more
        if body >= 0 and before != (self._covered[body] > 0):
            self.cost -= more * int(self.demand.uncovered[body])

    def values(self) -> Floats:
        """What serving each request would save now."""
        found = self.demand.unmet.copy()
        covered = np.array(self._covered) > 0
        served = np.array(sorted(self.server), dtype=np.int64)
        body = self.demand.body_of
        alone = (body >= 0) & ~covered[body]
        found[alone] += self.demand.uncovered[body[alone]]
        found[served] = NEVER
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
