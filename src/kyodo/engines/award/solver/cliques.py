"""Clique cuts for packing: of bids that exclude each other in pairs at most one can win, even if no good is in all.

Each good is a clique already. What is missing are those that come together from several goods (three bids, each pair
meeting at another good): the relaxation gives each of the three a half. A few such rows, found where the relaxation's
solution breaks them and grown to maximal ones, close up to half of its gap (Padberg, Mathematical Programming 5, 1973).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from kyodo.engines.award.solver.highs import Relaxed, relax
from kyodo.engines.award.solver.model import INFINITY, Model, as_matrix
from kyodo.engines.patience import Patience

ROUNDS = 5  # later rounds find next to nothing, and each solves the relaxation again
BROKEN_BY = 1e-3
TORN = 1e-6  # nearer than this to 0 or 1 is whole


def add_clique_cuts(model: Model, goods: Sequence[frozenset[int]], patience: Patience) -> None:
    """Add rows for cliques that the relaxation breaks, round by round.

    Parameters
    ----------
    model : Model
        Column j is bid j, one row a good.
    goods : sequence of set of int
        What each bid wants.
    patience : Patience
    """
    rivals = _rivals(goods)
    known: set[frozenset[int]] = set()
    for _round in range(ROUNDS):
        found = set(_broken_cliques(relax(as_matrix(model), patience), rivals)) - known
        if not found or patience.over:
            return
        known |= found
        for clique in sorted(found, key=sorted):
            model.row("", dict.fromkeys(sorted(clique), 1), -INFINITY, 1)


def _rivals(goods: Sequence[frozenset[int]]) -> list[int]:
    """For each bid the bids that want one of its goods, as a set of bits."""
    wanting: dict[int, int] = {}
    for bid, wanted in enumerate(goods):
        for good in wanted:
            wanting[good] = wanting.get(good, 0) | 1 << bid
    found = []
    for bid, wanted in enumerate(goods):
        rivals = 0
        for good in wanted:
            rivals |= wanting[good]
        found.append(rivals & ~(1 << bid))
    return found


def _broken_cliques(relaxed: Relaxed, rivals: list[int]) -> Iterator[frozenset[int]]:
    """From each bid that is won in part, greedily by its part; then grown by what belongs to all, cheapest first."""
    if not relaxed.feasible:
        return
    part = relaxed.values
    torn = [int(bid) for bid in np.flatnonzero((part > TORN) & (part < 1 - TORN))]
    support = sum(1 << bid for bid in torn)
    for seed in torn:
        clique = _grown([seed], rivals[seed] & support, rivals, sorted(torn, key=lambda bid: -part[bid]))
        if sum(float(part[bid]) for bid in clique) > 1 + BROKEN_BY:
            common = rivals[clique[0]]
            for bid in clique[1:]:
                common &= rivals[bid]
            yield frozenset(_grown(clique, common, rivals, sorted(_bits(common), key=lambda b: relaxed.reduced[b])))


def _grown(clique: list[int], candidates: int, rivals: list[int], order: list[int]) -> list[int]:
    """The clique with every candidate, in order, that excludes all of its members."""
    found = list(clique)
    for bid in order:
        if candidates >> bid & 1:
            found.append(bid)
            candidates &= rivals[bid]
    return found


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
