"""Large assignments part by part: some jobs are freed, their best agents by reduced cost are chosen from anew.

The relaxation splits at most as many jobs as there are agents; those that it splits or sends elsewhere than the present
assignment are freed first, others at random. What the rest uses is taken off the capacities.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.award.solver.highs import minimise
from kyodo.engines.matching.gap.program import program
from kyodo.engines.matching.gap.reading import Assignment, Ints
from kyodo.engines.matching.gap.state import Run

FREED = 240  # jobs
FEWEST, MOST = 60, 400
NEAR = 8  # agents of a freed job, by reduced cost
SECONDS = 4.0


def neighbourhoods(
    run: Run, reduced: NDArray[np.float64], values: NDArray[np.float64], agent: Ints, job: Ints, seed: int
) -> None:
    """Free and choose anew until time is over."""
    if run.agents is None:
        return
    rng = np.random.default_rng(seed)
    jobs = run.problem.cost.shape[1]
    share = np.zeros(run.problem.cost.shape)
    share[agent, job] = values
    relaxed, whole = share.argmax(axis=0), share.max(axis=0) > 1 - 1e-6
    near = np.argpartition(reduced, min(NEAR, len(reduced) - 1), axis=0)[:NEAR]
    size = FREED
    while not run.patience.over and not run.proven and run.agents is not None:
        differs = (run.agents != relaxed) | ~whole
        score = rng.random(jobs) + differs * rng.choice([0.0, 0.5, 1.0])
        freed = np.sort(np.argsort(-score, kind="stable")[: min(size, jobs)])
        done = _choose(run, freed, near)
        size = min(MOST, int(size * 1.1)) if done else max(FEWEST, int(size * 0.8))


def _choose(run: Run, freed: Ints, near: Ints) -> bool:
    """The best choice for the freed jobs beside the rest; whether it was proven."""
    problem, agents = run.problem, run.agents
    assert agents is not None
    kept = np.ones(len(agents), dtype=bool)
    kept[freed] = False
    used = np.zeros(len(problem.capacity), dtype=np.int64)
    np.add.at(used, agents[kept], problem.resource[agents[kept], np.flatnonzero(kept)])
    part = Assignment(problem.cost[:, freed], problem.resource[:, freed], problem.capacity - used)
    allowed = np.zeros(part.cost.shape, dtype=bool)
    allowed[near[:, freed], np.arange(len(freed))] = True
    allowed[agents[freed], np.arange(len(freed))] = True
    matrix, agent, job = program(part, allowed)
    start = (agents[freed][job] == agent).astype(np.float64)
    outcome = minimise(matrix, run.patience.at_most(SECONDS), start=start)
    if outcome.values is not None:
        other = agents.copy()
        taken = outcome.values > 0.5
        other[freed[job[taken]]] = agent[taken]
        run.take(other)
    return outcome.status == "optimal"
