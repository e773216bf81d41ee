"""The least core: shares under which no group of buyers would gain much alone, nearest to the Shapley value.

All coalitions are looked at to 10 buyers; beyond, the worst one is searched for by the award model itself, with a 0/1
column for each buyer, and added until there is none left or time is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

import numpy as np

from kyodo.engines.award.allocate.game import SavingsGame
from kyodo.engines.award.allocate.shapley import MOST_EXACT
from kyodo.engines.award.solver.highs import minimise, quadratic
from kyodo.engines.award.solver.model import INFINITY, as_matrix
from kyodo.engines.award.solver.several import build_several
from kyodo.engines.patience import Patience

SECONDS = 20.0  # for the search of coalitions
MOST_ROUNDS = 60
ROUNDING = 1  # yen a buyer that rounding may move


@dataclass(frozen=True, slots=True)
class Objection:
    """A group that would be better off alone, by how much.

    Parameters
    ----------
    members : tuple of buyer numbers
    gain : Fraction
        Yen.
    """

    members: tuple[int, ...]
    gain: Fraction


@dataclass(frozen=True, slots=True)
class Search:
    """Outcome of looking for objections: the worst, and whether that was all there is."""

    worst: Objection | None
    complete: bool


def worst_objection(game: SavingsGame, shares: Sequence[Fraction], patience: Patience) -> Search:
    """The group that pays most above what it would alone.

    Parameters
    ----------
    game : SavingsGame
    shares : sequence of Fraction
        Yen of each buyer.
    patience : Patience

    Returns
    -------
    Search
        `complete` when it is proven that no other group pays more above.
    """
    count = len(game.buyers)
    if count <= MOST_EXACT:
        groups = [group for size in range(1, count) for group in combinations(range(count), size)]
        return Search(_worst(game, shares, groups), True)
    group, complete = _searched(game, shares, patience)
    candidates = _plain_groups(game)
    if group:
        candidates.append(group)
    return Search(_worst(game, shares, candidates), complete)


def _worst(game: SavingsGame, shares: Sequence[Fraction], groups: Sequence[tuple[int, ...]]) -> Objection | None:
    worst: Objection | None = None
    for group in groups:
        gain = sum((shares[buyer] for buyer in group), Fraction(0)) - game.cost(group)
        if gain > 0 and (worst is None or gain > worst.gain):
            worst = Objection(group, gain)
    return worst


def _plain_groups(game: SavingsGame) -> list[tuple[int, ...]]:
    """Everybody alone, everybody but one, and the buyers of each zone."""
    count = len(game.buyers)
    groups: list[tuple[int, ...]] = [(buyer,) for buyer in range(count)]
    zones: dict[str, set[int]] = {}
    for demand in game.problem.demands:
        zones.setdefault(demand.zone, set()).add(game.number[demand.buyer])
    groups += [tuple(sorted(members)) for members in zones.values() if len(members) < count]
    if game.by_lot:
        groups += [tuple(other for other in range(count) if other != buyer) for buyer in range(count)]
    return groups


def _searched(game: SavingsGame, shares: Sequence[Fraction], patience: Patience) -> tuple[tuple[int, ...], bool]:
    """Minimise c(S) − x(S) over all S: the award model with what is wanted left open."""
    free = game.alone(frozenset(range(len(game.buyers))))
    built = build_several(replace(free, rules=replace(free.rules, single_source=False)))
    model = built.model
    joins = [model.column(-round(share)) for share in shares]
    by_name = {f"lot:{lot.name}": number for number, lot in enumerate(free.lots)}
    for row in model.rows:
        if row.rule in by_name:
            lot = free.lots[by_name[row.rule]]
            original = game.problem.lot_number[lot.key]
            row.low = row.high = 0
            for buyer, quantity in game.wanted[original].items():
                row.columns.append(joins[buyer])
                row.coefficients.append(-quantity)
    for number, column in built.package.items():
        for buyer in game.holders[number]:
            model.row("", {column: 1, joins[buyer]: -1}, -INFINITY, 0)
    model.row("", dict.fromkeys(joins, 1), 1, len(joins) - 1)
    outcome = minimise(as_matrix(model), patience)
    if outcome.values is None:
        return (), False
    group = tuple(buyer for buyer, column in enumerate(joins) if outcome.values[column] > 0.5)
    # Offers below their minimum order can't be bought here but can, at the full minimum, in c: c is lower or equal.
    exact = all(offer.tiers[0].minimum == 1 for offer in game.problem.offers)
    return group, outcome.status == "optimal" and exact


def least_core(
    game: SavingsGame, total: int, target: Sequence[Fraction], patience: Patience
) -> tuple[list[Fraction], bool]:
    """The point of the least core nearest to `target`.

    Parameters
    ----------
    game : SavingsGame
    total : int
        What the shares sum to.
    target : sequence of Fraction
        The Shapley value.
    patience : Patience

    Returns
    -------
    shares : list of Fraction
        Summing to `total`.
    complete : bool
        Whether all coalitions were accounted for.
    """
    count = len(game.buyers)
    if count == 1:
        return [Fraction(total)], True
    if count <= MOST_EXACT:
        groups = [group for size in range(1, count) for group in combinations(range(count), size)]
        return _nearest(game, total, target, groups), True
    groups = _plain_groups(game)
    complete = False
    shares = _nearest(game, total, target, groups)
    for _round in range(MOST_ROUNDS):
        search = worst_objection(game, shares, patience)
        worst = search.worst
        if worst is None or worst.members in groups or worst.gain <= ROUNDING * count:
            complete = search.complete
            break
        groups.append(worst.members)
        shares = _nearest(game, total, target, groups)
        if patience.over:
            break
    return shares, complete


def _nearest(
    game: SavingsGame, total: int, target: Sequence[Fraction], groups: Sequence[tuple[int, ...]]
) -> list[Fraction]:
    """First the least excess ε over all groups, then the nearest point at that ε, in thousandths of the total."""
    count = len(game.buyers)
    scale = max(1.0, total / 1000)
    member = np.zeros((len(groups), count))
    for row, group in enumerate(groups):
        member[row, list(group)] = 1
    limits = np.array([game.cost(group) for group in groups], dtype=np.float64) / scale
    whole = np.array([total / scale])
    wide = np.hstack([member, -np.ones((len(groups), 1))])
    sum_row = np.hstack([np.ones((1, count)), np.zeros((1, 1))])
    first = quadratic(
        np.append(np.zeros(count), 1.0), None, np.vstack([wide, sum_row]), np.append(limits, whole), whole_row=True
    )
    excess = max(0.0, first[-1]) + 1e-9 if first[-1] > 0 else 0.0
    wish = np.array([float(value) for value in target]) / scale
    point = quadratic(
        -wish,
        np.ones(count),
        np.vstack([member, sum_row[:, :count]]),
        np.append(limits + excess, whole),
        whole_row=True,
    )
    shares = [Fraction(round(value * scale * 1000), 1000) for value in point]
    drift = total - sum(shares, Fraction(0))
    return [share + drift / count for share in shares]
