"""Improves an assignment: exchanges over all agents, and some agents whose jobs are shared out among them anew.

With the prices of the relaxation, what an assignment costs above the bound is a sum over agents: the reduced costs of
their jobs, and the price of the capacity that they leave unused. So a part knows how much it could save at most, and
pairs of agent and job that cost much more than an agent loses on average are left out of it. Which of the two ways
brings more depends on the problem; the one that brought more in its time is taken more often.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.award.solver.highs import minimise
from kyodo.engines.matching.gap.exchange import Exchanges
from kyodo.engines.matching.gap.local import used_by
from kyodo.engines.matching.gap.program import program
from kyodo.engines.matching.gap.reading import Assignment, Ints
from kyodo.engines.matching.gap.state import Run
from kyodo.engines.patience import Patience

Floats = NDArray[np.float64]

FEWEST, MOST = 2, 40  # agents of a part
FIRST = 6
SECONDS = 3.0  # for one part
QUICK = 0.3  # seconds: beyond, parts do not grow
WIDTHS = (0.5, 1.0, 2.0)  # of what an agent loses on average: pairs that cost more are left out of a part
TURN, TURN_SHARE = 4.0, 0.15  # seconds, and of the time: each way has its turn however short that is
CURIOUS = 0.08  # how often a way is taken by chance
FADING = 0.6  # of what a way brought in earlier turns


def improve(run: Run, reduced: Floats, prices: Floats, seed: int, patience: Patience) -> None:
    """Improve the best assignment until time is over.

    Parameters
    ----------
    run : Run
    reduced : ndarray of float, shape (agents, jobs)
        Reduced costs at the best prices; infinite where a pair is not possible.
    prices : ndarray of float, shape (agents,)
        Of a unit of capacity.
    seed : int
    patience : Patience
    """
    if run.agents is None:
        return
    rng = np.random.default_rng(seed)
    parts = _Parts(run, reduced, prices, rng)
    ways: list[Callable[[Patience], None]] = [parts.turn, Exchanges(run, reduced, prices, rng).turn]
    brought = [np.inf] * len(ways)
    turn = min(TURN, TURN_SHARE * patience.left)
    while not patience.over and not run.proven:
        way = int(rng.integers(len(ways))) if rng.random() < CURIOUS else int(np.argmax(brought))
        began, cost = run.patience.used, run.cost
        ways[way](patience.at_most(turn))
        rate = (cost - run.cost) / max(1e-3, run.patience.used - began)
        brought[way] = rate if np.isinf(brought[way]) else FADING * brought[way] + (1 - FADING) * rate


class _Parts:
    """Some agents give up all their jobs, which are shared out among them anew; how many, by how long that takes."""

    def __init__(self, run: Run, reduced: Floats, prices: Floats, rng: np.random.Generator) -> None:
        self.run, self.reduced, self.prices, self.rng = run, reduced, prices, rng
        self.size = float(min(FIRST, len(prices)))

    def turn(self, patience: Patience) -> None:
        """Part after part, for a turn."""
        run, count = self.run, len(self.prices)
        while not patience.over and not run.proven:
            above = _above(run, self.reduced, self.prices)
            group = _group(run, self.rng, self.reduced, above, round(self.size))
            began = run.patience.used
            done = _share(run, group, self.reduced, float(self.rng.choice(WIDTHS) * above.mean()))
            spent = run.patience.used - began
            if not done or spent > 3 * QUICK:
                self.size = max(FEWEST, self.size - 1)
            elif spent < QUICK:
                self.size = min(MOST, count, self.size + 0.2)


def _above(run: Run, reduced: Floats, prices: Floats) -> Floats:
    """What each agent's part costs above the bound."""
    agents = run.agents
    assert agents is not None
    found = prices * (run.problem.capacity - used_by(run.problem, agents))
    np.add.at(found, agents, reduced[agents, np.arange(len(agents))])
    return found


def _group(run: Run, rng: np.random.Generator, reduced: Floats, above: Floats, size: int) -> Ints:
    """An agent who could save much, and others who could take over jobs, or have much to save too."""
    agents = run.agents
    assert agents is not None
    chance = above + above.mean() * 0.3 + 1e-9
    first = int(rng.choice(len(above), p=chance / chance.sum()))
    near = np.exp(-reduced[:, agents == first] / 2.0).sum(axis=1)
    score = near * (0.5 + above / (above.mean() + 1e-9)) * rng.exponential(1.0, len(above))
    score[first] = np.inf
    return np.argsort(-score, kind="stable")[:size]


def _share(run: Run, group: Ints, reduced: Floats, dearest: float) -> bool:
    """The best way to share the group's jobs out among it; whether it was proven."""
    problem, agents = run.problem, run.agents
    assert agents is not None
    jobs = np.flatnonzero(np.isin(agents, group))
    part = Assignment(problem.cost[np.ix_(group, jobs)], problem.resource[np.ix_(group, jobs)], problem.capacity[group])
    allowed = reduced[np.ix_(group, jobs)] <= dearest
    place = np.full(len(problem.capacity), -1)
    place[group] = np.arange(len(group))
    present = place[agents[jobs]]
    allowed[present, np.arange(len(jobs))] = True
    matrix, agent, job = program(part, allowed)
    start = (present[job] == agent).astype(np.float64)
    outcome = minimise(matrix, run.patience.at_most(SECONDS), start=start)
    if outcome.values is not None:
        other = agents.copy()
        taken = outcome.values > 0.5
        other[jobs[job[taken]]] = group[agent[taken]]
        run.take(other)
    return outcome.status == "optimal"
