"""Shifts of one job and exchanges of two, all of them looked at in every step, with a price on capacity that is passed.

With the prices of the relaxation an assignment costs above the bound the reduced costs of its pairs and the price of
unused capacity; what is used beyond capacity costs as much or more. The best move is made even where it is no
improvement, and a job that was moved rests for some steps (tabu). What moves bring is kept in arrays of which each step
renews the rows of two agents. After M. Yagiura, T. Ibaraki, F. Glover, *A path relinking approach with ejection chains
for the generalized assignment problem*, European Journal of Operational Research 169, 2006; without chains.
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
NEXT = 10  # jobs that may take the place of another in a chain
CLIMB = 0.5  # what the first links of a chain may lose, in parts of what an agent loses on average
LINKS, BEAM = 8, 1_500  # of a chain; chains that are made longer
TINY = 1e-4
NOISE = 0.1  # of what an agent loses on average
MOST_JOBS = 3_000  # n × n numbers are kept


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
        self.resting = np.zeros(len(agents), dtype=np.int64)
        self.slack = (run.problem.capacity - used_by(run.problem, agents)).astype(np.float32)
        self.climb = np.float32(max(0.05, CLIMB * (run.cost - run.bound) / len(prices)))
        self.whole()

    def _price(self, slack: Singles, agents: Ints) -> Singles:
        """What unused or passed capacity of agents costs."""
        unused, over = self.unused[agents], self.scale[agents] * self.weight
        if slack.ndim > 1:
            unused, over = unused[:, None], over[:, None]
        return np.where(slack >= 0, slack * unused, -slack * over)

    def _rows(self, some: Ints) -> Singles:
        """For each of some jobs: what its agent's part changes by when another job takes its place."""
        here = self.agents[some]
        room = self.slack[here] + self.resource[here, some]
        found = self.reduced[here] + self._price(room[:, None] - self.resource[here], here)
        found -= (self.reduced[here, some] + self._price(self.slack[here], here))[:, None]
        found[here[:, None] == self.agents[None]] = FAR
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

    def whole(self) -> None:
        """Everything anew."""
        self.instead = self._rows(self.jobs)
        both = self.instead + self.instead.T
        self.partner = both.argmin(axis=1)
        self.gain = both[self.jobs, self.partner]
        self.after = self._nearest(self.instead)
        self.taken = self._taken(np.arange(len(self.slack)))
        self.given = self._given(self.jobs)

    @staticmethod
    def _nearest(rows: Singles) -> Ints:
        """The jobs that would best take the place of each."""
        count = min(NEXT, rows.shape[1] - 1)
        return np.argpartition(rows, count, axis=1)[:, :count]

    def _renew(self, changed: Ints, agents: Ints) -> None:
        """After some agents, and some jobs, changed."""
        self.instead[changed] = self._rows(changed)
        self.after[changed] = self._nearest(self.instead[changed])
        block = self.instead[changed] + self.instead[:, changed].T
        low = block.argmin(axis=0)
        value = block[low, self.jobs]
        marked = np.zeros(len(self.jobs), dtype=bool)
        marked[changed] = True
        stale = np.flatnonzero(marked[self.partner] & ~marked)
        better = (value < self.gain) & ~marked
        self.gain[better], self.partner[better] = value[better], changed[low[better]]
        for rows, both in ((changed, block), (stale, self.instead[stale] + self.instead[:, stale].T)):
            self.partner[rows] = both.argmin(axis=1)
            self.gain[rows] = both[np.arange(len(rows)), self.partner[rows]]
        self.taken[agents] = self._taken(agents)
        self.given[changed] = self._given(changed)

    def simple(self) -> tuple[float, list[tuple[int, int]]]:
        """The best shift or exchange: what it changes, and which job goes to which agent."""
        shift = self.taken + self.given
        shift[self.agents, self.jobs] = FAR
        to, job = np.unravel_index(int(shift.argmin()), shift.shape)
        first = int(self.gain.argmin())
        if shift[to, job] <= self.gain[first]:
            return float(shift[to, job]), [(int(job), int(to))]
        second = int(self.partner[first])
        there = [(first, int(self.agents[second])), (second, int(self.agents[first]))]
        return float(self.gain[first]), there

    def chain(self) -> tuple[float, list[tuple[int, int]]]:
        """The best of many chains: a job makes room for the next, and that for the next, round or to an end."""
        shift = self.taken.copy()
        shift[self.agents, self.jobs] = FAR
        end = shift.argmin(axis=0)
        entry = shift[end, self.jobs]
        best, moves = np.inf, list[tuple[int, int]]()
        paths, total = self.jobs[:, None], np.zeros(len(self.jobs), dtype=np.float32)
        for _link in range(LINKS):
            paths, total = self._longer(paths, total)
            if not len(paths):
                break
            first, last, visited = paths[:, 0], paths[:, -1], self.agents[paths]
            ring = total + self.instead[last, first]
            into = end[first]
            free = (visited[:, 1:] != into[:, None]).all(axis=1)
            line = np.where(free, total + entry[first] + self.given[last], FAR)
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
        following = self.after[last]
        value = total[:, None] + self.instead[last[:, None], following]
        row, column = np.nonzero(value < self.climb)
        value = value[row, column]
        if len(value) > BEAM:
            near = np.argpartition(value, BEAM)[:BEAM]
            row, column, value = row[near], column[near], value[near]
        longer = np.column_stack([paths[row], following[row, column]])
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
    """Steps that go on from turn to turn, and begin anew from an assignment that something else found."""

    def __init__(
        self, run: Run, reduced: NDArray[np.float64], prices: NDArray[np.float64], rng: np.random.Generator
    ) -> None:
        self.run, self.reduced, self.prices, self.rng = run, reduced, prices, rng
        self.now: Exchange | None = None
        self.cost = np.inf
        self.steps = self.fitting = 0

    def turn(self, patience: Patience) -> None:
        """Steps until time is over."""
        if self.now is None or self.run.cost < self.cost:
            self._begin()
        while not patience.over and not self.run.proven and self._step():
            pass

    def _begin(self) -> None:
        assert self.run.agents is not None
        scale = (self.run.cost - self.run.bound) / len(self.prices)
        noisy = self.reduced + NOISE * scale * self.rng.random(self.reduced.shape)  # between moves that are equal
        self.now = Exchange(self.run, noisy, self.prices, self.run.agents)
        self.cost, self.steps, self.fitting = self.run.cost, 0, 0

    def _step(self) -> bool:
        now = self.now
        assert now is not None
        change, moves = now.simple()
        if change > -TINY:
            further, chain = now.chain()
            if further < change:
                change, moves = further, chain
        if not moves:
            return False
        now.move(moves, int(self.rng.integers(*REST)))
        if now.slack.min() >= 0:
            self.fitting += 1
            self.run.take(now.agents)
            self.cost = min(self.cost, self.run.cost)
        self.steps += 1
        if self.steps % JUDGED == 0:
            fits = CHEAPER if self.fitting * 2 > JUDGED else 1.0
            now.weight *= np.float32(fits if self.fitting else DEARER)
            self.fitting = 0
            now.whole()
        return True
