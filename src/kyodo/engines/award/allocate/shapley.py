"""The Shapley value of the savings game: what a buyer adds to the cost, averaged over all orders of joining."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import numpy as np

from kyodo.engines.award.allocate.game import SavingsGame
from kyodo.engines.award.solver.model import Floats

MOST_EXACT = 10  # buyers: 1,024 coalitions
PERMUTATIONS = 2_000


@dataclass(frozen=True, slots=True)
class Shapley:
    """Values by buyer.

    Parameters
    ----------
    values : list of Fraction
    exact : bool
        Whether they are exact, not sampled.
    errors : list of float or None
        Standard errors in yen of sampled values.
    """

    values: list[Fraction]
    exact: bool
    errors: list[float] | None


def shapley(game: SavingsGame, *, seed: int = 0, permutations: int = PERMUTATIONS) -> Shapley:
    """Exact values to 10 buyers, seeded sampling of permutations (Castro, Gómez and Tejada 2009) beyond.

    Parameters
    ----------
    game : SavingsGame
    seed : int
    permutations : int
        How many orders are sampled.

    Returns
    -------
    Shapley
        Values sum to the cost of all buyers together.
    """
    if len(game.buyers) <= MOST_EXACT:
        return Shapley(_exact(game), True, None)
    joined = _sampled(game, seed, permutations)
    # Sums of whole yen are exact in floats up to 2^53; the mean is kept as a fraction so that the values add up.
    sums = [Fraction(int(total)) / permutations for total in joined.sum(axis=0)]
    errors = joined.std(axis=0, ddof=1) / permutations**0.5
    return Shapley(sums, False, [float(error) for error in errors])


def _exact(game: SavingsGame) -> list[Fraction]:
    count = len(game.buyers)
    costs = [game.cost(b for b in range(count) if mask >> b & 1) for mask in range(1 << count)]
    weights = [Fraction(factorial(k) * factorial(count - k - 1), factorial(count)) for k in range(count)]
    values = []
    for buyer in range(count):
        bit = 1 << buyer
        value = Fraction(0)
        for mask in range(1 << count):
            if not mask & bit:
                value += weights[mask.bit_count()] * (costs[mask | bit] - costs[mask])
        values.append(value)
    return values


def _sampled(game: SavingsGame, seed: int, permutations: int) -> Floats:
    """What each buyer added in each permutation; shape (permutations, buyers), yen."""
    draw = np.random.default_rng(seed)
    count = len(game.buyers)
    place = np.argsort(draw.random((permutations, count)), axis=1)  # place[p, b]: when buyer b joins
    added = np.zeros((permutations, count))
    if game.by_lot:
        for lot, table in enumerate(game.tables):
            members = np.array(sorted(game.wanted[lot]))
            wanted = np.array([game.wanted[lot][int(member)] for member in members])
            order = np.argsort(place[:, members], axis=1)
            reached = np.cumsum(wanted[order], axis=1)
            costs = table[reached]
            steps = np.diff(costs, axis=1, prepend=0)
            rows = np.arange(permutations)[:, None]
            added[rows, members[order]] += steps
        if game.problem.packages:
            _add_packages(game, place, added)
        return added
    for row, orders in enumerate(np.argsort(place, axis=1)):
        before, joined = 0, []
        for buyer in orders:
            joined.append(int(buyer))
            cost = game.cost(joined)
            added[row, buyer] = cost - before
            before = cost
    return added


def _add_packages(game: SavingsGame, place: np.ndarray, added: Floats) -> None:
    """A package opens when the last of its buyers joins; what it saves is credited to them."""
    last = np.stack([place[:, sorted(holders)].max(axis=1) for holders in game.holders], axis=1)
    orders = np.argsort(place, axis=1)
    for row in range(len(place)):
        before = 0
        for when in np.unique(last[row]):
            saved = game.packed(frozenset(int(n) for n in np.flatnonzero(last[row] <= when)))
            added[row, orders[row, when]] -= saved - before
            before = saved
