"""The assignment as an integer programme over a set of pairs of agent and job."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.award.solver.highs import INFINITY
from kyodo.engines.award.solver.model import Matrix
from kyodo.engines.matching.gap.reading import Assignment, Ints


def program(problem: Assignment, allowed: NDArray[np.bool_]) -> tuple[Matrix, Ints, Ints]:
    """Rows: each job once, each agent within its capacity; a column for each allowed pair.

    Returns
    -------
    matrix : Matrix
    agent, job : ndarray of int, shape (columns,)
    """
    agents, jobs = problem.cost.shape
    agent, job = np.nonzero(allowed)
    count = len(agent)
    rows = np.concatenate([job, jobs + agent])
    columns = np.tile(np.arange(count), 2)
    values = np.concatenate([np.ones(count), problem.resource[agent, job].astype(np.float64)])
    order = np.argsort(rows, kind="stable")
    start = np.searchsorted(rows[order], np.arange(jobs + agents + 1)).astype(np.int32)
    matrix = Matrix(
        cost=problem.cost[agent, job].astype(np.float64), lower=np.zeros(count), upper=np.ones(count),
        whole=np.ones(count, dtype=bool), start=start, index=columns[order].astype(np.int32), value=values[order],
        low=np.concatenate([np.ones(jobs), np.full(agents, -INFINITY)]),
        high=np.concatenate([np.ones(jobs), problem.capacity.astype(np.float64)]),
    )  # fmt: skip
    return matrix, agent, job
