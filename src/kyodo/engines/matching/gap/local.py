"""Local search for assignments: shifts of one job and swaps of two, with a price on capacity that is passed.

After the ejection idea of M. Yagiura, T. Ibaraki, F. Glover, *A path relinking approach with ejection chains for the
generalized assignment problem*, European Journal of Operational Research 169, 2006; much simpler.
"""

from __future__ import annotations

import numpy as np

from kyodo.engines.matching.gap.reading import Assignment, Ints
from kyodo.engines.patience import Patience


def cost_of(problem: Assignment, agents: Ints) -> int:
    """Whole cost of an assignment."""
    return int(problem.cost[agents, np.arange(len(agents))].sum())


def used_by(problem: Assignment, agents: Ints) -> Ints:
    """Resource used by each agent."""
    used = np.zeros(len(problem.capacity), dtype=np.int64)
    np.add.at(used, agents, problem.resource[agents, np.arange(len(agents))])
    return used


def fits(problem: Assignment, agents: Ints) -> bool:
    """Whether every agent is within its capacity."""
    return bool((used_by(problem, agents) <= problem.capacity).all())


def mend(problem: Assignment, agents: Ints, patience: Patience, steps: int = 4000) -> Ints | None:
    """Move jobs away from agents over their capacity, cheapest change a unit first; None if that fails."""
    agents = agents.copy()
    used = used_by(problem, agents)
    for _step in range(steps):
        over = np.maximum(0, used - problem.capacity)
        if not over.any():
            return agents
        if patience.over:
            return None
        worst = int(np.argmax(over))
        own = np.flatnonzero(agents == worst)
        room = (problem.capacity - used)[:, None] >= problem.resource[:, own]
        room[worst] = False
        if not room.any():
            return None
        more = problem.cost[:, own] - problem.cost[worst, own]
        freed = np.minimum(problem.resource[worst, own], over[worst])
        rate = np.where(room, more / np.maximum(1, freed), np.inf)
        to, place = np.unravel_index(int(np.argmin(rate)), rate.shape)
        job = own[place]
        used[worst] -= problem.resource[worst, job]
        used[to] += problem.resource[to, job]
        agents[job] = to
    return None


def descend(problem: Assignment, agents: Ints, patience: Patience) -> Ints:
    """Shifts and swaps that make an assignment cheaper, until there is none."""
    agents = agents.copy()
    used = used_by(problem, agents)
    every = np.arange(len(agents))
    better = True
    while better and not patience.over:
        better = False
        for job in every.tolist():
            here = int(agents[job])
            room = problem.capacity - used
            gain = problem.cost[here, job] - problem.cost[:, job]
            fit = np.where(problem.resource[:, job] <= room, gain, -1)
            to = int(np.argmax(fit))
            if to != here and fit[to] > 0:
                _move(problem, agents, used, job, to)
                better = True
                continue
            other = _partner(problem, agents, used, job)
            if other is not None:
                there = int(agents[other])
                _move(problem, agents, used, job, there)
                _move(problem, agents, used, other, here)
                better = True
    return agents


def _partner(problem: Assignment, agents: Ints, used: Ints, job: int) -> int | None:
    """The job with which an exchange saves most."""
    here, jobs = int(agents[job]), np.arange(len(agents))
    now = problem.cost[here, job] + problem.cost[agents, jobs]
    gain = now - problem.cost[agents, job] - problem.cost[here]
    fits_there = (
        used[agents] - problem.resource[agents, jobs] + problem.resource[agents, job] <= problem.capacity[agents]
    )
    fits_here = used[here] - problem.resource[here, job] + problem.resource[here] <= problem.capacity[here]
    gain = np.where(fits_there & fits_here & (agents != here), gain, 0)
    best = int(np.argmax(gain))
    return best if gain[best] > 0 else None


def _move(problem: Assignment, agents: Ints, used: Ints, job: int, to: int) -> None:
    used[agents[job]] -= problem.resource[agents[job], job]
    used[to] += problem.resource[to, job]
    agents[job] = to
