"""The search: a first plan, prices by column generation, the best choice of programmes, and proof where it is near.

1. A first plan: specialists in turn, then each anew (`greedy.py`).
2. Prices: the relaxation over programmes is solved again and again, each time with programmes that its prices make
   worth adding, found between its prices and the best ones so far (smoothing). Every set of prices gives a bound.
3. Programmes whose profit is near the best of their specialist are listed. If a better plan exists, then each of its
   programmes is within the gap of that best: where the list is whole, its best choice is the optimum.
4. Where the list would be too long, neighbourhoods: some specialists are freed, the best choice of their programmes
   is found beside the rest, as long as there is time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kyodo.engines.matching.problem import Plan, Problem
from kyodo.engines.matching.solver.ascent import ascend, guessed
from kyodo.engines.matching.solver.choose import choose
from kyodo.engines.matching.solver.demand import Demand, whole_bound
from kyodo.engines.matching.solver.greedy import by_prices, first_plan
from kyodo.engines.matching.solver.neighbourhoods import improve
from kyodo.engines.matching.solver.options import Options
from kyodo.engines.matching.solver.pool import Pool
from kyodo.engines.matching.solver.programmes import Bench, Floats, Programme
from kyodo.engines.matching.solver.relaxation import Relaxation
from kyodo.engines.matching.solver.state import State
from kyodo.engines.patience import Patience

Progress = Callable[[int, int, float], None]  # plan's points, bound, seconds

LISTED = 60_000  # programmes of a list that is still solved at once
LIST_NODES = 400_000  # looked at for one specialist's list
PRICE_SHARE = 0.4  # of the time, for prices
ROUGHLY = 150  # nodes for one of many specialists while prices are far off: doubled when they are nearer than FAR
FAR = 0.05
IDLE = 6  # times that specialists are asked without a better bound
PULL = 0.6  # from the best prices so far towards those of the known programmes
NEAR, EACH = 30.0, 12  # points within which, and how many programmes of a specialist are learnt at some prices
NEARLY = 2e-5  # of the points: bound and value of the known programmes are as good as one
CLEARER = 1.02  # how much better a bound has to be for another plan by its prices
POOL_SECONDS = 5.0  # to choose among all programmes met while prices were found
SMOOTHING = 0.6  # weight of the best prices so far
SMALL = 200  # specialists: up to here a choice among all known programmes is tried at once


def tell(progress: Progress | None, points: int, bound: int, patience: Patience) -> None:
    """Tell whoever waits how far a search is."""
    if progress is not None:
        progress(points, min(points, bound), patience.used)


@dataclass(slots=True)
class Outcome:
    """What the search brought.

    Parameters
    ----------
    plan : Plan
    objective, bound : int
        No plan has fewer points than `bound`.
    prices : ndarray of float, shape (requests,)
        What serving each request is worth at the best bound.
    bench : Bench
    seconds : float
    """

    plan: Plan
    objective: int
    bound: int
    prices: Floats
    bench: Bench
    seconds: float = 0.0

    @property
    def proven(self) -> bool:
        """Whether no plan is better."""
        return self.bound >= self.objective


@dataclass(slots=True)
class _Search:
    """The plan and the bound so far."""

    bench: Bench
    demand: Demand
    state: State
    patience: Patience
    seed: int
    progress: Progress | None
    bound: float = -np.inf
    nodes: int = 20_000
    prices: Floats = field(init=False)
    profit: Floats = field(init=False)  # of each specialist's best programme, at these prices
    pool: Pool = field(init=False)

    def __post_init__(self) -> None:
        problem = self.demand.problem
        self.pool = Pool(len(problem.specialists), len(problem.requests))
        self.prices = np.zeros(len(problem.requests))
        self.profit = np.zeros(len(problem.specialists))

    def tell(self) -> None:
        least = self.demand.base if self.bound == -np.inf else whole_bound(self.bound)
        tell(self.progress, self.state.cost, least, self.patience)

    @property
    def proven(self) -> bool:
        return self.bound > -np.inf and whole_bound(self.bound) >= self.state.cost

    def price(self, prices: Floats, time: Patience, each: int = 0) -> int | None:
        """Ask each specialist for the best programme, and for so many others near it; the bound, if it is better.

        Returns
        -------
        int or None
            How many programmes are new; None if time ran out.
        """
        found: list[Programme] = []
        profit = np.zeros(len(self.bench.tables))
        known, _served = self.pool.best(prices)
        for person in range(len(profit)):
            if person % 16 == 0 and time.over:
                self.pool.add(found)
                return None
            floor = float(known[person])
            if each:
                one = self.bench.learn(person, prices, self.nodes, floor, NEAR, each)
                found += one.met
            else:
                one = self.bench.best(person, prices, self.nodes, floor)
            profit[person] = one.profit
            found += one.programmes.values()
        bound = self.demand.bound(prices, float(profit.sum()))
        if bound > self.bound:
            self.bound, self.prices, self.profit = bound, prices, profit
        return self.pool.add(found)

    def replace(self, chosen: Sequence[Programme]) -> bool:
        """Take another choice of programmes if it is better."""
        other = State(self.demand, chosen)
        if other.cost >= self.state.cost:
            return False
        self.state = other
        self.tell()
        return True


def search(
    problem: Problem,
    patience: Patience,
    *,
    seed: int = 0,
    progress: Progress | None = None,
    options: Options | None = None,
    bonus: Mapping[int, int] | None = None,
) -> Outcome:
    """Plan a quarter.

    Parameters
    ----------
    problem : Problem
    patience : Patience
        When to stop; the best plan so far is given.
    seed : int
        Of the order in which specialists are tried, and of neighbourhoods.
    progress : callable, optional
        Told points, bound and seconds at each step forward.
    options : Options, optional
        If they are known already.
    bonus : mapping of int by request, optional
        Added to what it costs to leave a request unmet.

    Returns
    -------
    Outcome
    """
    bench = Bench(options or Options(problem))
    demand = Demand(bench.options, bonus)
    run = _Search(bench, demand, State(demand), patience, seed, progress)
    if len(bench.options):
        first_plan(bench, run.state, patience, seed)
        run.pool.add(run.state.of.values())
        run.tell()
        _find_prices(run)
        _find_plan(run)
    floor = demand.base + float(np.minimum(0, bench.options.cost).sum())  # holds with no prices at all
    bound = whole_bound(max(run.bound, floor))
    objective = run.state.cost
    return Outcome(run.state.plan(bench), objective, min(bound, objective), run.prices, bench, patience.used)


def _find_prices(run: _Search) -> None:
    """Prices until the bound meets the relaxation, or time is needed for plans."""
    time = run.patience.at_most(max(PRICE_SHARE * run.patience.left, 1.0))
    if len(run.bench.tables) > SMALL:
        _climb(run, time)
        return
    relaxation = Relaxation(run.demand)
    while not time.over and not run.proven:
        relaxation.learn(run.pool)
        solved = relaxation.solve(time.left)
        if solved is None:
            return
        prices, objective = solved
        if objective - run.bound < 1e-6 * max(1.0, abs(objective)) + 1e-4:
            return
        between = prices if run.bound == -np.inf else SMOOTHING * run.prices + (1 - SMOOTHING) * prices
        new = run.price(between, time)
        run.tell()
        if new is None or (not new and not run.price(prices, time)):
            return


def _climb(run: _Search, time: Patience) -> None:
    """Prices by subgradient steps over the known programmes, which grow; plans by these prices on the way."""
    exactly, run.nodes = run.nodes, ROUGHLY
    prices = guessed(run.bench, run.demand, time)
    value = planned = -np.inf
    idle = 0
    while not run.proven and idle < IDLE:
        before = run.bound
        new = run.price(prices, time, EACH)
        if new is None:
            break
        if run.bound > before and run.bound > planned * CLEARER:
            planned = run.bound
            _plan_by_prices(run)
        run.tell()
        target = float(run.state.cost)
        if value > -np.inf:
            target = min(target, value + (CLEARER - 1) * abs(value))
        better, value = ascend(run.demand, run.pool, run.prices, target, time)
        if value - run.bound < NEARLY * max(1.0, abs(value)):
            break
        if value - run.bound < FAR * abs(value):
            run.nodes = min(exactly, 2 * run.nodes)
        idle = 0 if run.bound > before + NEARLY * abs(before) else idle + 1
        prices = run.prices + PULL * (better - run.prices) if new else better
    if run.bound > planned:
        _plan_by_prices(run)


def _plan_by_prices(run: _Search) -> None:
    found = by_prices(run.bench, run.demand, run.prices, run.profit, run.patience, run.seed)
    run.pool.add(found.of.values())
    run.replace(list(found.of.values()))


def _find_plan(run: _Search) -> None:
    """The best plan among listed programmes; the proof, where the list is whole."""
    if len(run.bench.tables) <= SMALL:
        if not run.proven:
            chosen, _outcome = choose(run.demand, run.pool.all(), run.patience.at_most(POOL_SECONDS))
            run.replace(chosen)
        while not run.proven and not run.patience.over:
            if not _list_and_choose(run):
                break
    if not run.proven:
        improve(run)


def _listed(run: _Search, slack: float) -> tuple[list[Programme], bool]:
    """Programmes within `slack` of their specialist's best, and whether none is missing."""
    found: list[Programme] = []
    whole = True
    for person, best in enumerate(run.profit.tolist()):
        left = LISTED - len(found)
        if left <= 0 or run.patience.over:
            return found, False
        near = run.bench.near(person, run.prices, best - slack, LIST_NODES, left)
        whole &= near.whole
        found += near.programmes.values()
    return found, whole


def _list_and_choose(run: _Search) -> bool:
    """List as far as it is worth it, choose; whether to go on."""
    gap = run.state.cost - 1 - run.bound + 1e-4
    slack = gap
    for share in (1.0, 0.5, 0.25, 0.1, 0.03):
        slack = gap * share
        listed, whole = _listed(run, slack)
        if whole or run.patience.over:
            break
    present = list(run.state.of.values())
    keys = {(one.person, one.requests) for one in listed}
    more = [] if whole and slack >= gap else [one for one in present if (one.person, one.requests) not in keys]
    chosen, outcome = choose(run.demand, [*listed, *more], run.patience, start=present)
    better = run.replace(chosen)
    if whole and outcome.status in ("optimal", "infeasible"):
        # Whatever is not listed costs at least bound + slack; whatever is listed at least the best choice.
        run.bound = max(run.bound, min(run.bound + slack, float(run.state.cost)))
        if slack >= gap:
            run.bound = float(run.state.cost)
        run.tell()
    return better and slack < gap
