"""How often groups agreed, and whether that is more than chance and more than others did."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.opinion.votes import Floats, Ints, Matrix

Z_SURE = 1.2815515655446004  # the quantile of 90 % of the normal distribution, one-sided
AGREE, DISAGREE = "agree", "disagree"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts, groups × statements: votes (passes included), agrees, disagrees."""

    trials: Ints
    agrees: Ints
    disagrees: Ints


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one direction, groups × statements.

    Parameters
    ----------
    successes : array of int
    probability, probability_z : arrays of float
        How likely a member says so, and how far that is from a half.
    representativeness, representativeness_z : arrays of float
        How many times as likely as somebody outside, and how far that is from no difference.
    """

    successes: Ints
    probability: Floats
    probability_z: Floats
    representativeness: Floats
    representativeness_z: Floats

    @property
    def significant(self) -> NDArray[np.bool_]:
        """More than half, and more than others, both beyond chance."""
        return (self.probability_z > Z_SURE) & (self.representativeness_z > Z_SURE)

    @property
    def metric(self) -> Floats:
        """What statements of a group are ranked by."""
        return self.representativeness * self.representativeness_z * self.probability * self.probability_z


def tally(matrix: Matrix, labels: Ints, groups: int) -> Tally:
    """Count the votes of each group; `labels` has the group of each row, -1 for none."""
    width = matrix.shape[1]
    slot = (labels + 1)[matrix.row] * width
    slot += matrix.column
    slot *= 3
    slot += matrix.value
    slot += 1
    counts = np.bincount(slot, minlength=(groups + 1) * width * 3).reshape(groups + 1, width, 3)[1:]
    return Tally(counts.sum(axis=2), counts[:, :, 2], counts[:, :, 0])


def probability(successes: Ints, trials: Ints) -> tuple[Floats, Floats]:
    """The smoothed share, and its distance from a half in standard errors."""
    z = 2 * np.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)
    return (successes + 1) / (trials + 2), z


def side(counted: Tally, direction: str) -> Side:
    """All numbers of one direction."""
    successes = counted.agrees if direction == AGREE else counted.disagrees
    share, share_z = probability(successes, counted.trials)
    outside = successes.sum(axis=0) - successes
    outside_trials = counted.trials.sum(axis=0) - counted.trials
    elsewhere = (outside + 1) / (outside_trials + 2)
    a, n, b, m = successes + 1, counted.trials + 1, outside + 1, outside_trials + 1
    both = (a + b) / (n + m)
    spread = np.sqrt(both * (1 - both) * (1 / n + 1 / m))
    certain = spread <= 0
    z = np.where(certain, 0.0, (a / n - b / m) / np.where(certain, 1.0, spread))
    return Side(successes, share, share_z, share / elsewhere, z)
