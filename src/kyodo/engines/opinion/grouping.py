"""Who is grouped with whom: the plane, the number of groups, the groups; or why there is no picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kyodo.engines.opinion.clusters import Partition, distinct, fixed_start, seeded
from kyodo.engines.opinion.projection import Plane, counted, project
from kyodo.engines.opinion.silhouette import best_partition
from kyodo.engines.opinion.votes import Floats, Ints, Matrix

LEAST_VOTES = 7
LEAST_PEOPLE = 3
MOST_GROUPS = 5
PEOPLE_A_GROUP = 12
POLIS, ROBUST = "polis", "robust"


@dataclass(frozen=True, slots=True)
class Grouping:
    """What was found.

    Parameters
    ----------
    plane : Plane
    included : array of int
        Rows with enough votes.
    part : Partition or None
        Of the included rows; None if there are too few votes for a picture.
    silhouettes : dict
        The mean silhouette of each number of groups that was tried.
    """

    plane: Plane
    included: Ints
    part: Partition | None
    silhouettes: dict[int, float]

    @property
    def labels(self) -> Ints:
        """The group of each row, -1 for none."""
        labels = np.full(len(self.plane.points), -1, dtype=np.int64)
        if self.part is not None:
            labels[self.included] = self.part.labels
        return labels

    @property
    def lead(self) -> float | None:
        """By how much the number of groups beats the next best; None where there was no other."""
        if len(self.silhouettes) < 2:
            return None
        best, second = sorted(self.silhouettes.values(), reverse=True)[:2]
        return best - second


def group(matrix: Matrix, method: str, *, start: Floats | None = None) -> Grouping:
    """Group the rows of `matrix` by `method`, polis or robust."""
    zeroed = method == POLIS
    plane = project(matrix, zeroed=zeroed, start=start)
    width = matrix.shape[1] if zeroed else int((~matrix.rejected).sum())
    votes = counted(matrix, zeroed=zeroed)
    included = np.flatnonzero(votes >= max(1, min(LEAST_VOTES, width)))
    points = plane.points[included]
    different = distinct(points)
    most = min(MOST_GROUPS, 2 + len(included) // PEOPLE_A_GROUP, len(different), len(included) - 1)
    if not zeroed:
        most = min(most, len(included) // 2)  # no group of one
    if len(included) < LEAST_PEOPLE or len(different) < 2 or plane.varied < 2 or most < 2:
        return Grouping(plane, included, None, {})
    if zeroed:
        parts = [fixed_start(points, different, k) for k in range(2, most + 1)]
    else:
        parts = [part for part in seeded(points, most) if _whole(part)]
    if not parts:
        return Grouping(plane, included, None, {})
    best, values = best_partition(points, parts, proven=zeroed)
    silhouettes = {part.k: value for part, value in zip(parts, values, strict=True)}
    return Grouping(plane, included, _by_size(parts[best]), silhouettes)


def _whole(part: Partition) -> bool:
    return int(np.bincount(part.labels, minlength=part.k).min()) >= 2


def _by_size(part: Partition) -> Partition:
    """The same groups, the largest first; of equal ones the one further left, then lower."""
    sizes = np.bincount(part.labels, minlength=part.k)
    order = np.lexsort((part.centres[:, 1], part.centres[:, 0], -sizes))
    number = np.empty(part.k, dtype=np.int64)
    number[order] = np.arange(part.k)
    return Partition(part.k, number[part.labels], part.centres[order])
