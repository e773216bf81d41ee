"""Which statements stand for a group, and which for all: by Polis' rules to the letter, and by plainer ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.opinion.statistics import AGREE, DISAGREE, Z_SURE, Side, Tally, probability, side
from kyodo.engines.opinion.votes import Ints

MOST = 5
LEAST_TRIALS = 7
SPLIT = 0.3  # both sides have at least this share of a group that is split


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement with the direction in which it is held and the numbers behind.

    Parameters
    ----------
    column : int
    direction : str
        agree or disagree.
    successes, trials : int
    probability, probability_z : float
    representativeness, representativeness_z : float, optional
        Only where a group is compared with others.
    """

    column: int
    direction: str
    successes: int
    trials: int
    probability: float
    probability_z: float
    representativeness: float | None = None
    representativeness_z: float | None = None


class Comparison:
    """Groups compared statement by statement.

    Parameters
    ----------
    counted : Tally
    rejected : array of bool
        Statements that never appear.
    """

    def __init__(self, counted: Tally, rejected: NDArray[np.bool_]) -> None:
        self.counted = counted
        self.shown = np.flatnonzero(~rejected)
        self.sides = {AGREE: side(counted, AGREE), DISAGREE: side(counted, DISAGREE)}

    def stated(self, group: int, column: int, direction: str) -> Stated:
        """All numbers of a statement in a group."""
        one = self.sides[direction]
        at = group, column
        return Stated(
            column,
            direction,
            int(one.successes[at]),
            int(self.counted.trials[at]),
            float(one.probability[at]),
            float(one.probability_z[at]),
            float(one.representativeness[at]),
            float(one.representativeness_z[at]),
        )

    def by_the_letter(self, group: int) -> list[Stated]:
        """Polis' choice, oddities included: the best agree first, then what is significant either way; at most five."""
        agree, disagree = self.sides[AGREE], self.sides[DISAGREE]
        agrees = agree.representativeness_z[group] > disagree.representativeness_z[group]
        metric = np.where(agrees, agree.metric[group], disagree.metric[group])[self.shown]
        either = (agree.significant[group] | disagree.significant[group])[self.shown]
        order = np.argsort(-metric, kind="stable")
        significant = self.shown[order[either[order]]].tolist()
        head = self._best_agree(group, agree)
        if head is None:
            if significant or not len(self.shown):
                return []
            z = np.maximum(agree.representativeness_z[group], disagree.representativeness_z[group])[self.shown]
            head = int(self.shown[int(z.argmax())])
        chosen = [head, *(column for column in significant if column != head)][:MOST]
        chosen.sort(key=lambda column: not agrees[column])
        return [self.stated(group, column, AGREE if agrees[column] else DISAGREE) for column in chosen]

    def _best_agree(self, group: int, agree: Side) -> int | None:
        said = (self.counted.agrees[group] + self.counted.disagrees[group])[self.shown] > 0
        columns = self.shown[said]
        chance = agree.probability[group, columns]
        sure = agree.probability_z[group, columns]
        ratio = agree.representativeness[group, columns]
        worth = (agree.metric[group, columns]).tolist()
        plain = (chance * sure).tolist()
        first = (sure > Z_SURE) | ((ratio > 1.0) & (chance > 0.5))
        above = (ratio > 1.0).tolist()
        held: int | None = None
        for place, may_be_first in enumerate(first.tolist()):
            if held is None:
                better = may_be_first
            elif above[held]:
                better = worth[place] > worth[held]
            else:
                better = plain[place] > plain[held]
            if better:
                held = place
        return None if held is None else int(columns[held])

    def plainly(self, group: int, size: int) -> list[Stated]:
        """The five strongest of those that are significant in the direction given, with enough votes behind them."""
        enough = self.counted.trials[group] >= least_trials(size)
        found = []
        for direction, one in self.sides.items():
            here = (one.significant[group] & enough)[self.shown]
            columns = self.shown[here]
            metric = one.metric[group, columns].tolist()
            found += [(-worth, column, direction) for worth, column in zip(metric, columns.tolist(), strict=True)]
        return [self.stated(group, column, direction) for _worth, column, direction in sorted(found)[:MOST]]

    def divided(self, group: int, size: int) -> list[int]:
        """Statements on which the group itself is split, the most evenly split first; at most five."""
        trials = self.counted.trials[group][self.shown]
        sides = np.minimum(self.counted.agrees[group], self.counted.disagrees[group])[self.shown]
        share = sides / np.maximum(1, trials)
        split = np.flatnonzero((trials >= least_trials(size)) & (share >= SPLIT))
        columns: list[int] = self.shown[split[np.argsort(-share[split], kind="stable")]][:MOST].tolist()
        return columns

    def minority(self, sizes: Ints) -> list[tuple[int, Stated]]:
        """What one group holds and no other: its majority says so, everywhere else and over all less than half do."""
        found = []
        enough = self.counted.trials >= np.array([least_trials(int(size)) for size in sizes])[:, None]
        overall = self.counted.trials.sum(axis=0)
        for direction, one in self.sides.items():
            few = 2 * one.successes.sum(axis=0) < overall
            against = 2 * one.successes < self.counted.trials
            for group in range(len(sizes)):
                others = np.delete(against, group, axis=0).all(axis=0)
                held = one.significant[group] & enough[group] & few & others
                held_by = [(group, direction, int(column)) for column in self.shown[held[self.shown]]]
                found += held_by
        found.sort()
        return [(group, self.stated(group, column, direction)) for group, direction, column in found]


def least_trials(size: int) -> int:
    """Votes without which nothing is said of a group of this size: seven, or half of a small group."""
    return min(LEAST_TRIALS, (size + 1) // 2)


def consensus(trials: Ints, agrees: Ints, disagrees: Ints, rejected: NDArray[np.bool_]) -> list[Stated]:
    """What most of all participants agree or disagree with, groups aside: at most five each."""
    found = []
    for direction, successes in ((AGREE, agrees), (DISAGREE, disagrees)):
        share, sure = probability(successes, trials)
        columns = np.flatnonzero((share > 0.5) & (sure > Z_SURE) & ~rejected)
        order = np.argsort(-(share * sure)[columns], kind="stable")
        for column in columns[order][:MOST].tolist():
            counts = int(successes[column]), int(trials[column])
            found.append(Stated(column, direction, *counts, float(share[column]), float(sure[column])))
    return found
