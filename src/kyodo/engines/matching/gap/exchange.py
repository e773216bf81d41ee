"""Shifts of one job, exchanges and chains of several, the best of them made in every step, capacity passed at a price.

With the prices of the relaxation an assignment costs above the bound the reduced costs of its pairs and the price of
unused capacity; what is used beyond capacity costs as much or more. The best move is made even where it is no
improvement, and a job that was moved rests for some steps (tabu). What it brings an agent to take a job in the place of
another is kept for the jobs that cost that agent least, and each step renews the rows of those agents that it touched.
After M. Yagiura, T. Ibaraki, F. Glover, *A path relinking approach with ejection chains for the generalized assignment
problem*, European Journal of Operational Research 169, 2006.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.gap.local import used_by
from kyodo.engines.matching.gap.reading import Ints
from kyodo.engines.matching.gap.state import Run
from kyodo.engines.patience import Patience

Singles = NDArray[np.float32]

FAR = np.float32(1e6)  # instead of infinity
REST = (4, 14)  # steps a moved job rests, at least and at most
JUDGED = 40  # steps after which the price of overload is set anew
DEARER, CHEAPER = 1.25, 0.9
NEAR = 10  # jobs that are looked at by an agent, as a multiple of those that it has on average
NEXT = 10  # jobs that may take the place of another in a chain
CLIMB = 1.2  # what the first links of a chain may lose, in parts of what an agent loses on average
LINKS, BEAM = 14, 500  # of a chain; chains that are made longer
TINY = 1e-4


class Exchange:
    """An assignment, perhaps beyond capacities, and what each move of it would bring.

    Parameters
    ----------
    run : Run
    reduced : ndarray of float, shape (agents, jobs)
    prices : ndarray of float, shape (agents,)
    agents : ndarray of int, shape (jobs,)
    """

    def __init__(self, run: Run, reduced: NDArray[np.float64], prices: NDArray[np.float64], agents: Ints) -> None:
        self.run, self.agents = run, agents.copy()
        self.reduced = np.minimum(reduced, FAR).astype(np.float32)
        self.resource = run.problem.resource.astype(np.float32)
        floor = max(1e-3, float(np.median(prices)) / 4)
        self.unused = np.maximum(prices, 0).astype(np.float32)
        self.scale = np.maximum(prices, floor).astype(np.float32)
        self.weight = np.float32(1.0)
        self.jobs = np.arange(len(agents))
        wide = min(len(agents), NEAR * -(-len(agents) // len(prices)))
        self.near = np.argpartition(self.reduced, wide - 1, axis=1)[:, :wide]  # jobs that cost each agent least
        self.near_reduced = np.take_along_axis(self.reduced, self.near, axis=1)
        self.near_resource = np.take_along_axis(self.resource, self.near, axis=1)
        self.place = np.full(reduced.shape, -1, dtype=np.int32)  # of a job among those that are near
        np.put_along_axis(self.place, self.near, np.arange(wide, dtype=np.int32)[None], axis=1)
        self.resting = np.zeros(len(agents), dtype=np.int64)
        self.slack = (run.problem.capacity - used_by(run.problem, agents)).astype(np.float32)
        self.whole()

    def _price(self, slack: Singles, agents: Ints) -> Singles:
        """What unused or passed capacity of agents costs."""
        unused, over = self.unused[agents], self.scale[agents] * self.weight
        if slack.ndim > 1:
            unused, over = unused[:, None], over[:, None]
        return np.where(slack >= 0, slack * unused, -slack * over)

    def _rows(self, some: Ints) -> Singles:
        """For each of some jobs: what its agent's part changes by when a job that is near takes its place."""
        here = self.agents[some]
        room = self.slack[here] + self.resource[here, some]
        found = self.near_reduced[here] + self._price(room[:, None] - self.near_resource[here], here)
        found -= (self.reduced[here, some] + self._price(self.slack[here], here))[:, None]
        found[here[:, None] == self.agents[self.near[here]]] = FAR
        found[self.resting[some] > 0] = FAR
        return found

    def _taken(self, some: Ints) -> Singles:
        """For each of some agents: what its part changes by when a job is added."""
        found = self.reduced[some] + self._price(self.slack[some][:, None] - self.resource[some], some)
        found -= self._price(self.slack[some], some)[:, None]
        return found

    def _given(self, some: Ints) -> Singles:
        """For each of some jobs: what its agent's part changes by when it is taken away."""
        here = self.agents[some]
        found = self._price(self.slack[here] + self.resource[here, some], here) - self._price(self.slack[here], here)
        return np.where(self.resting[some] > 0, FAR, found - self.reduced[here, some])

    def weigh(self, factor: float) -> None:
        """Make overload dearer or cheaper."""
        self.weight *= np.float32(factor)
        self.whole()

    def whole(self) -> None:
        """Everything anew."""
        self.instead = np.zeros((len(self.jobs), self.near.shape[1]), dtype=np.float32)
        self.after = np.zeros((len(self.jobs), min(NEXT, self.near.shape[1])), dtype=np.int64)
        self.step = np.zeros(self.after.shape, dtype=np.float32)
        self.taken = np.zeros(self.reduced.shape, dtype=np.float32)
        self.given = np.zeros(len(self.jobs), dtype=np.float32)
        self._renew(self.jobs, np.arange(len(self.slack)))

    def _renew(self, changed: Ints, agents: Ints) -> None:
        """After some agents, and some jobs, changed."""
        rows = self.instead[changed] = self._rows(changed)
        best = np.argpartition(rows, self.after.shape[1] - 1, axis=1)[:, : self.after.shape[1]]
        self.after[changed] = np.take_along_axis(self.near[self.agents[changed]], best, axis=1)
        self.step[changed] = np.take_along_axis(rows, best, axis=1)
        self.taken[agents] = self._taken(agents)
        self.given[changed] = self._given(changed)

    def shift(self) -> tuple[float, list[tuple[int, int]]]:
        """The best shift of one job: what it changes, and which job goes to which agent."""
        brought = self.taken + self.given
        brought[self.agents, self.jobs] = FAR
        to, job = np.unravel_index(int(brought.argmin()), brought.shape)
        return float(brought[to, job]), [(int(job), int(to))]

    def chain(self) -> tuple[float, list[tuple[int, int]]]:
        """The best of many chains: a job makes room for the next, and that for the next, round or to an end."""
        entry = self.taken.copy()
        entry[self.agents, self.jobs] = FAR
        end = entry.argmin(axis=0)
        enters = entry[end, self.jobs]
        best, moves = np.inf, list[tuple[int, int]]()
        paths, total = self.jobs[:, None], np.zeros(len(self.jobs), dtype=np.float32)
        for _link in range(LINKS):
            paths, total = self._longer(paths, total)
            if not len(paths):
                break
            first, last, visited = paths[:, 0], paths[:, -1], self.agents[paths]
            place = self.place[visited[:, -1], first]
            ring = np.where(place >= 0, total + self.instead[last, place], FAR)
            into = end[first]
            free = (visited[:, 1:] != into[:, None]).all(axis=1)
            line = np.where(free, total + enters[first] + self.given[last], FAR)
            for value, closed in ((ring, True), (line, False)):
                at = int(value.argmin())
                if value[at] < best:
                    best, jobs = float(value[at]), paths[at].tolist()
                    target = [int(visited[at, -1]) if closed else int(into[at]), *visited[at, :-1].tolist()]
                    moves = list(zip(jobs, target, strict=True))
        return best, moves

    def _longer(self, paths: Ints, total: Singles) -> tuple[Ints, Singles]:
        """Chains with one link more, of different agents, the best of them."""
        last = paths[:, -1]
        climb = max(TINY, CLIMB * (self.run.cost - self.run.bound) / len(self.slack))
        value = total[:, None] + self.step[last]
        row, column = np.nonzero(value < climb)
        value = value[row, column]
        if len(value) > BEAM:
            near = np.argpartition(value, BEAM)[:BEAM]
            row, column, value = row[near], column[near], value[near]
        longer = np.column_stack([paths[row], self.after[last[row], column]])
        visited = self.agents[longer]
        new = (visited[:, :-1] != visited[:, -1:]).all(axis=1)
        return longer[new], value[new]

    def move(self, moves: list[tuple[int, int]], rest: int) -> None:
        """Make a move; its jobs rest."""
        touched = np.array(sorted({int(self.agents[moved]) for moved, _to in moves} | {to for _job, to in moves}))
        before = self.resting
        self.resting = np.maximum(0, before - 1)
        woken = (before > 0) & (self.resting == 0)
        for moved, there in moves:
            here = self.agents[moved]
            self.slack[here] += self.resource[here, moved]
            self.slack[there] -= self.resource[there, moved]
            self.resting[moved] = rest
        for moved, there in moves:
            self.agents[moved] = there
        self._renew(np.flatnonzero(np.isin(self.agents, touched) | woken), touched)


class Exchanges:
    """Steps in turns, each of which begins anew from the best assignment."""

    def __init__(
        self, run: Run, reduced: NDArray[np.float64], prices: NDArray[np.float64], rng: np.random.Generator
    ) -> None:
        self.run, self.reduced, self.prices, self.rng = run, reduced, prices, rng

    def turn(self, patience: Patience) -> None:
        """Steps until time is over."""
        assert self.run.agents is not None
        now = Exchange(self.run, self.reduced, self.prices, self.run.agents)
        steps = fitting = 0
        while not patience.over and not self.run.proven and self._step(now):
            steps += 1
            if now.slack.min() >= 0:
                fitting += 1
                self.run.take(now.agents)
            if steps % JUDGED == 0:
                if not fitting:
                    now.weigh(DEARER)
                elif fitting * 2 > JUDGED:
                    now.weigh(CHEAPER)
                fitting = 0

    def _step(self, now: Exchange) -> bool:
        """The best move, if there is one."""
        change, moves = now.shift()
        if change > -TINY:
            further, chain = now.chain()
            if further < change:
                change, moves = further, chain
        if not moves:
            return False
        now.move(moves, int(self.rng.integers(*REST)))
        return True
