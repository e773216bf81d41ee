"""Bound, plan and proof of a generalised assignment.

The linear relaxation gives a bound and reduced costs. A core of the pairs with the smallest reduced costs is solved as
an integer programme, beginning with what shifts and swaps found. A pair whose reduced cost is not below the distance of
plan and bound can be in no better plan: the rest is solved to the end where time allows, and what HiGHS proves there
holds for the whole. Costs are whole, so a bound is rounded up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.award.solver.highs import Relaxed, minimise, relax
from kyodo.engines.matching.gap.local import cost_of, descend, fits, mend
from kyodo.engines.matching.gap.program import program
from kyodo.engines.matching.gap.reading import Assignment, Ints
from kyodo.engines.patience import Patience

Progress = Callable[[int, int, float], None]

CORES = (3, 6, 12)  # agents of each job that a core keeps at least, one core after the other
CORE_SHARE = 0.3  # of the time left, for one core
PROOF_PAIRS = 20_000


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


class _Run:
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


def solve(problem: Assignment, patience: Patience, *, seed: int = 0, progress: Progress | None = None) -> Answer:
    """Assign every job.

    Parameters
    ----------
    problem : Assignment
    patience : Patience
    seed : int
        Of the order in which starts are tried.
    progress : callable, optional
        Told cost, bound and seconds.

    Returns
    -------
    Answer
    """
    run = _Run(problem, patience, progress)
    possible = problem.resource <= problem.capacity[:, None]
    if not possible.any(axis=0).all():
        return run.answer("infeasible")
    run.raise_bound(float(np.where(possible, problem.cost, np.iinfo(np.int64).max).min(axis=0).sum()))
    _first(run, possible)
    if patience.over or run.proven:
        return run.answer()
    matrix, agent, job = program(problem, possible)
    relaxed = relax(matrix, patience)
    if not relaxed.feasible:
        return run.answer() if patience.over else run.answer("infeasible")
    run.raise_bound(relaxed.objective)
    reduced = np.full(problem.cost.shape, np.inf)
    reduced[agent, job] = np.maximum(0.0, relaxed.reduced)
    _round(run, relaxed, agent, job, seed)
    for least in CORES:
        if not run.proven and not patience.over and least < len(problem.capacity):
            core = _core(reduced, least) & possible
            _solve(run, core, reduced, relaxed, patience.at_most(CORE_SHARE * patience.left), whole=False)
    if not run.proven and not patience.over:
        status = _solve(run, possible, reduced, relaxed, patience, whole=True)
        if status == "infeasible" and run.agents is None:
            return run.answer("infeasible")
    return run.answer()


def _first(run: _Run, possible: NDArray[np.bool_]) -> None:
    """Each job to its cheapest agent, mended; by cost, and by cost for each part of the capacity."""
    problem = run.problem
    shares = problem.resource / np.maximum(1, problem.capacity[:, None])
    scale = float(problem.cost.mean())
    for weight in (0.0, 1.0, 4.0, 16.0, 1000.0):
        score = np.where(possible, problem.cost + weight * scale * shares, np.inf)
        mended = mend(problem, np.argmin(score, axis=0).astype(np.int64), run.patience)
        if mended is not None:
            run.take(mended)
    if run.agents is not None:
        run.take(descend(problem, run.agents, run.patience.at_most(5.0)))


def _round(run: _Run, relaxed: Relaxed, agent: Ints, job: Ints, seed: int) -> None:
    """The relaxation rounded: each job to the agent that has most of it; then mended and improved."""
    rng = np.random.default_rng(seed)
    share = np.zeros(run.problem.cost.shape)
    share[agent, job] = relaxed.values
    for attempt in range(5):
        noise = rng.random(share.shape) * 0.2 * attempt
        agents = np.argmax(np.where(share > 1e-6, share + noise, 0), axis=0).astype(np.int64)
        mended = mend(run.problem, agents, run.patience)
        if mended is not None:
            run.take(descend(run.problem, mended, run.patience.at_most(3.0)))


def _core(reduced: NDArray[np.float64], least: int) -> NDArray[np.bool_]:
    """The pairs with the smallest reduced costs of each job."""
    limit = np.partition(reduced, least - 1, axis=0)[least - 1]
    return np.asarray(reduced <= np.minimum(limit, np.sort(limit)[-max(1, len(limit) // 50)]) + 1e-9)


def _solve(
    run: _Run, allowed: NDArray[np.bool_], reduced: NDArray[np.float64], relaxed: Relaxed, patience: Patience,
    *, whole: bool,
) -> str:  # fmt: skip
    """An integer programme over the allowed pairs that could still be better; proof, where all pairs are allowed."""
    problem = run.problem
    if isfinite(run.cost):
        hopeful = reduced < run.cost - relaxed.objective
        if run.agents is not None:
            hopeful[run.agents, np.arange(len(run.agents))] = True
        allowed = allowed & hopeful
    if not allowed.any(axis=0).all():
        return "infeasible"
    matrix, agent, job = program(problem, allowed)
    start = None
    if run.agents is not None and allowed[run.agents, np.arange(len(run.agents))].all():
        start = (run.agents[job] == agent).astype(np.float64)
    outcome = minimise(matrix, patience, start=start)
    if outcome.values is not None:
        agents = np.zeros(problem.cost.shape[1], dtype=np.int64)
        taken = outcome.values > 0.5
        agents[job[taken]] = agent[taken]
        run.take(agents)
    if whole:
        if outcome.status == "optimal" and isfinite(run.cost):
            run.raise_bound(min(run.cost, outcome.objective))
        elif outcome.status == "stopped":
            run.raise_bound(min(run.cost, outcome.bound))
    return outcome.status
