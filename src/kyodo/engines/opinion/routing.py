"""Which statement to show somebody next. Web workers ask this, so it needs numpy alone.

A statement tells much if people are not indifferent to it and if it sets people apart on the map. One with few votes
can't have shown either yet: it gets a floor, which halves with every five votes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

FLOOR_QUANTILE = 0.75  # a statement nobody has seen counts as much as one at this place
HALVED_BY = 5.0  # votes


def priorities(trials: Numbers, agrees: Numbers, disagrees: Numbers, extremity: Numbers) -> Numbers:
    """How much each statement would tell, larger for more.

    Parameters
    ----------
    trials, agrees, disagrees : arrays
        Votes of each statement.
    extremity : array
        How far its answer moves somebody on the map, 0 to 1.
    """
    interest = (agrees + disagrees + 1) / (trials + 2)
    informative = (interest * (1 + 3 * extremity)) ** 2
    floor = np.quantile(informative, FLOOR_QUANTILE) if len(informative) else 0.0
    priority: Numbers = np.maximum(informative, 2 * floor * 0.5 ** (trials / HALVED_BY))
    return priority


@dataclass(frozen=True, slots=True)
class Routing:
    """What a worker keeps of a conversation: ids of statements and what each would tell.

    Parameters
    ----------
    statements : sequence of str
    priority : array of float
    """

    statements: Sequence[str]
    priority: Numbers

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Routing:
        """Take it from a result of the form kyodo-opinion/1."""
        rows = document["routing"]
        return cls([row["statement"] for row in rows], np.array([row["priority"] for row in rows], dtype=np.float64))

    def next(self, participant: str, seen: Collection[str]) -> str | None:
        """The statement to show next, or None if all were seen.

        Drawn with chances in proportion to priority, so that no statement waits for ever. The draw follows from the
        participant and the number of statements seen: asking again gives the same answer.
        """
        known = set(seen)
        open_ = np.array([name not in known for name in self.statements], dtype=bool)
        weights = np.where(open_, self.priority, 0.0)
        heights = np.cumsum(weights)
        if not len(heights) or heights[-1] <= 0:
            return next((name for name, free in zip(self.statements, open_.tolist(), strict=True) if free), None)
        digest = blake2b(f"{len(known)}:{participant}".encode(), digest_size=7).digest()
        chance = int.from_bytes(digest, "big") / 256**7
        place = int(np.searchsorted(heights, chance * heights[-1], side="right"))
        return self.statements[min(place, int(np.flatnonzero(weights)[-1]))]
