"""The best assignment and bound so far, and the answer that is made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, isfinite
from typing import Any

import numpy as np

from kyodo.engines.matching.gap.local import cost_of, fits
from kyodo.engines.matching.gap.reading import Assignment, Ints
from kyodo.engines.patience import Patience

Progress = Callable[[int, int, float], None]


@dataclass(slots=True)
class Answer:
    """The best assignment found.

    Parameters
    ----------
    agents : ndarray of int, shape (jobs,), or None
        Agent of each job, from 0.
    cost : int or None
    bound : int or None
    status : str
        `optimal`, `feasible`, `infeasible`, `no_solution_found`.
    seconds : float
    """

    agents: Ints | None
    cost: int | None
    bound: int | None
    status: str
    seconds: float

    @property
    def found(self) -> bool:
        """Whether there is an assignment."""
        return self.agents is not None

    def document(self) -> dict[str, Any]:
        """What the command writes."""
        gap = None
        if self.cost is not None and self.bound is not None:
            gap = 0.0 if self.cost <= self.bound else (self.cost - self.bound) / max(1, self.cost)
        return {
            "status": self.status,
            "cost": self.cost,
            "bound": self.bound,
            "gap": gap,
            "assignment": None if self.agents is None else self.agents.tolist(),
            "seconds": round(self.seconds, 3),
        }


class Run:
    """The best so far."""

    def __init__(self, problem: Assignment, patience: Patience, progress: Progress | None) -> None:
        self.problem, self.patience, self.progress = problem, patience, progress
        self.agents: Ints | None = None
        self.cost = np.inf
        self.bound = -np.inf

    def take(self, agents: Ints | None) -> None:
        """Keep an assignment if it fits and is better."""
        if agents is None or not fits(self.problem, agents):
            return
        cost = cost_of(self.problem, agents)
        if cost < self.cost:
            self.agents, self.cost = agents.copy(), cost
            self.tell()

    def raise_bound(self, bound: float) -> None:
        """Keep a bound if it is better; costs are whole."""
        if isfinite(bound):
            self.bound = max(self.bound, ceil(bound - 1e-6 - 1e-9 * abs(bound)))
            self.tell()

    def tell(self) -> None:
        if self.progress is not None and isfinite(self.cost) and isfinite(self.bound):
            self.progress(int(self.cost), int(self.bound), self.patience.used)

    @property
    def proven(self) -> bool:
        return self.bound >= self.cost

    def answer(self, status: str | None = None) -> Answer:
        named = "optimal" if self.proven else "feasible" if self.agents is not None else "no_solution_found"
        bound = int(min(self.bound, self.cost)) if isfinite(self.bound) else None
        cost = None if self.agents is None else int(self.cost)
        return Answer(self.agents, cost, bound, status or named, self.patience.used)
