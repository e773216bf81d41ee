"""Bound, plan and proof of a generalised assignment.

The linear relaxation gives a bound and reduced costs. A core of the pairs with the smallest reduced costs is solved as
an integer programme, beginning with what shifts and swaps found. A pair whose reduced cost is not below the distance of
plan and bound can be in no better plan: the rest is solved to the end where time allows, and what HiGHS proves there
holds for the whole. Costs are whole, so a bound is rounded up.
"""

from __future__ import annotations

from math import isfinite, isinf

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.award.solver.highs import Relaxed, minimise, relax
from kyodo.engines.matching.gap.local import descend, mend
from kyodo.engines.matching.gap.neighbourhoods import improve
from kyodo.engines.matching.gap.program import program
from kyodo.engines.matching.gap.reading import Assignment, Ints
from kyodo.engines.matching.gap.state import Answer, Progress, Run
from kyodo.engines.patience import Patience

FIRST_SHARE, FIRST_SECONDS = 0.7, 5.0  # of the time, for an assignment to begin a proof with; where pairs are few
LONGEST = 60.0  # seconds for that assignment where no limit is set
CORES = (3, 6, 12)  # agents of each job that a core keeps at least, one core after the other
CORE_SHARE = 0.3  # of the time left, for one core
HARD_PAIRS, FEW_PAIRS = 400, 2_000  # up to these a proof is found at once, or soon
PROOF_PAIRS = 20_000  # pairs beyond which the whole is not tried at once


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
    run = Run(problem, patience, progress)
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
    prices = -np.minimum(0.0, relaxed.prices[problem.cost.shape[1] :])
    reduced = np.where(possible, problem.cost + prices[:, None] * problem.resource, np.inf)
    least = reduced.min(axis=0)
    reduced -= least
    floor = float(least.sum() - prices @ problem.capacity)  # what holds for any prices
    _round(run, relaxed, agent, job, seed)
    if problem.cost.size > PROOF_PAIRS:
        improve(run, reduced, prices, seed, patience)
        return run.answer()
    if problem.cost.size >= HARD_PAIRS:
        improve(run, reduced, prices, seed, patience.at_most(_first_seconds(problem, patience)))
    for least in CORES:
        if not run.proven and not patience.over and least < len(problem.capacity):
            core = _core(reduced, least) & possible
            _solve(run, core, reduced, floor, patience.at_most(CORE_SHARE * patience.left), whole=False)
    if not run.proven and not patience.over:
        status = _solve(run, possible, reduced, floor, patience, whole=True)
        if status == "infeasible" and run.agents is None:
            return run.answer("infeasible")
    return run.answer()


def _first_seconds(problem: Assignment, patience: Patience) -> float:
    """How long an assignment is improved before a proof is begun."""
    share = LONGEST if isinf(patience.left) else FIRST_SHARE * patience.left
    return min(FIRST_SECONDS, share) if problem.cost.size <= FEW_PAIRS else share


def _first(run: Run, possible: NDArray[np.bool_]) -> None:
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


def _round(run: Run, relaxed: Relaxed, agent: Ints, job: Ints, seed: int) -> None:
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
    run: Run, allowed: NDArray[np.bool_], reduced: NDArray[np.float64], floor: float, patience: Patience,
    *, whole: bool,
) -> str:  # fmt: skip
    """An integer programme over the allowed pairs that could still be better; proof, where all pairs are allowed."""
    problem = run.problem
    if isfinite(run.cost):
        hopeful = reduced <= run.cost - 1 - floor + 1e-6
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
