"""Ballots that look copied: more than three people said exactly the same on exactly the same statements.

That alone proves nothing where everybody agrees. So it is held against chance: from what the others in each group
said, how many identical ballots are to be expected among those who were shown the same statements?
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kyodo.engines.opinion.statistics import Tally
from kyodo.engines.opinion.votes import Ints, Matrix

MORE_THAN = 3
CHANCE = 1e-6  # so rare must the number be, over all ballots together


@dataclass(frozen=True, slots=True)
class Copied:
    """Rows with one and the same ballot, how many votes it has, how many such ballots chance would give."""

    rows: tuple[int, ...]
    votes: int
    expected: float


def copied(matrix: Matrix, counted: Tally, labels: Ints, included: Ints) -> list[Copied]:
    """Find them among the included rows; `labels` has the group of each row, -1 for none."""
    ballots, first, times = np.unique(matrix.ballots[included], return_index=True, return_counts=True)
    found = []
    for place in np.flatnonzero(times > MORE_THAN).tolist():
        rows = included[matrix.ballots[included] == ballots[place]]
        row = int(included[first[place]])
        shown = int((matrix.papers[included] == matrix.papers[row]).sum())
        expected = (shown - 1) * _likelihood(matrix, counted, labels, rows)
        if _tail(len(rows) - 1, expected) * len(ballots) < CHANCE:
            votes = int(matrix.votes_of_row[row])
            found.append(Copied(tuple(rows.tolist()), votes, round(expected, 6)))
    return sorted(found, key=lambda each: (-len(each.rows), -each.votes, each.rows))


def _likelihood(matrix: Matrix, counted: Tally, labels: Ints, rows: Ints) -> float:
    """How likely somebody shown the same statements says exactly this.

    Judged by what everybody but these rows said in each group. These rows are not taken for unanimous, but for as
    much of one mind as the others are with their groups: so a group that is all copies can't vouch for itself, and
    one that honestly agrees is not suspected.
    """
    begin, end = matrix.begins[rows[0]], matrix.begins[rows[0] + 1]
    columns, values = matrix.column[begin:end], matrix.value[begin:end]
    groups, many = len(counted.trials), len(rows)
    own = np.bincount(labels[rows], minlength=groups)
    passes = counted.trials - counted.agrees - counted.disagrees
    said = np.where(values > 0, counted.agrees[:, columns], counted.disagrees[:, columns])
    said = np.where(values == 0, passes[:, columns], said) - own[:, None]
    trials = counted.trials[:, columns] - own[:, None]
    common = np.maximum(np.maximum(counted.agrees, counted.disagrees), passes).sum() - many * len(columns)
    one_mind = (max(0, common) + 1) / (counted.trials.sum() - many * len(columns) + 3)
    logs = np.log((said + many * one_mind) / (trials + many)).sum(axis=1)
    sizes = np.bincount(labels[labels >= 0], minlength=groups)
    return float((sizes / sizes.sum() * np.exp(logs)).sum())


def _tail(least: int, expected: float) -> float:
    """The chance of at least `least` events where `expected` are to be expected (Poisson)."""
    if expected <= 0:
        return 0.0
    if expected > least:
        return 1.0
    term = math.exp(-expected + least * math.log(expected) - math.lgamma(least + 1))
    total, number = 0.0, least
    while term > 1e-18 * max(total, 1e-300) and number < least + 10_000:
        total += term
        number += 1
        term *= expected / number
    return min(1.0, total)
