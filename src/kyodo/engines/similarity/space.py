"""One way of looking at documents: each a bag of numbered features, compared by the cosine of TF-IDF.

The bags lie in one flat array, and a query looks at all of them: over 10,000 needs that takes a few milliseconds and a
tenth of the memory of lists by feature. What is removed leaves a hole until holes are a quarter of the array.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Features = NDArray[Any]
FEW = 1_024
AT_ONCE = 1_024  # slots: keeps what a query needs for itself below 2 MB


class Space:
    """Bags of features in slots 0, 1, …, as they were put; a slot is never used twice.

    Parameters
    ----------
    kind : numpy type
        Of a feature's number; with `size` features at most.
    size : int
        How many features there may be at first; the space grows with higher numbers.
    """

    def __init__(self, kind: type[np.unsignedinteger[Any]], size: int = FEW) -> None:
        self._features: Features = np.zeros(FEW, dtype=kind)
        self._used = 0
        self._starts: list[int] = []
        self._known_in = np.zeros(size, dtype=np.int32)
        self._alive = 0
        self._norms: NDArray[np.float32] | None = None

    def put(self, features: Features) -> None:
        """Append a bag (sorted, each feature once) in the next slot."""
        end = self._used + len(features)
        while end > len(self._features):
            self._features = np.concatenate([self._features, np.zeros_like(self._features)])
        if len(features) and features[-1] >= len(self._known_in):
            more = max(int(features[-1]) + 1, 2 * len(self._known_in)) - len(self._known_in)
            self._known_in = np.concatenate([self._known_in, np.zeros(more, dtype=np.int32)])
        self._features[self._used : end] = features
        self._starts.append(self._used)
        self._used = end
        self._count(features, +1)

    def drop(self, slot: int) -> None:
        """Take what is in a slot out of all counts; the slot itself stays, as a hole."""
        self._count(self.bag(slot), -1)

    def bag(self, slot: int) -> Features:
        """What is in a slot."""
        end = self._starts[slot + 1] if slot + 1 < len(self._starts) else self._used
        return self._features[self._starts[slot] : end]

    def weights(self, features: Features) -> NDArray[np.float32]:
        """How much each of some features tells: the rarer, the more (inverse document frequency, smoothed).

        What stands in no document tells nothing, whether or not it once did.
        """
        known: Features = np.zeros(len(features), dtype=np.int32)
        inside = features < len(self._known_in)
        known[inside] = self._known_in[features[inside]]
        told = np.log((1.0 + self._alive) / (0.5 + known)).clip(min=0.0)
        return np.where(known > 0, told, 0.0).astype(np.float32)

    def scores(self, features: Features) -> NDArray[np.float32]:
        """The cosine of a bag with the one in each slot, 0 to 1; holes get what was in them, which nobody asks for."""
        weights = self.weights(features)
        length = float(np.sqrt(np.square(weights).sum()))
        inside = features < len(self._known_in)
        asked = np.zeros(len(self._known_in), dtype=np.float32)
        asked[features[inside]] = np.square(weights[inside])
        if length == 0.0 or not self._starts:
            return np.zeros(len(self._starts), dtype=np.float32)
        if self._norms is None:
            every = np.square(self.weights(np.arange(len(self._known_in))))
            self._norms = np.sqrt(self._sums(every))
        norms = self._norms * length
        cosines: NDArray[np.float32] = np.divide(self._sums(asked), norms, out=np.zeros_like(norms), where=norms > 0)
        return cosines

    def _sums(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each slot the sum of its features' values."""
        starts = np.array([*self._starts, self._used], dtype=np.int64)
        sums = np.zeros(len(self._starts), dtype=np.float32)
        for first in range(0, len(sums), AT_ONCE):
            part = starts[first : first + AT_ONCE + 1]
            filled = part[:-1] < part[1:]
            if filled.any():
                met = values[self._features[part[0] : part[-1]]]
                sums[first : first + AT_ONCE][filled] = np.add.reduceat(met, (part[:-1] - part[0])[filled])
        return sums

    def _count(self, features: Features, step: int) -> None:
        self._known_in[features] += step
        self._alive += step
        self._norms = None

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return self._features.nbytes + self._known_in.nbytes
