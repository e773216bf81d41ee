"""Programmes that are known so far, by specialist; and, as arrays, what the best of each brings at any prices."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.matching.solver.programmes import Programme, keep

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Pool:
    """Known programmes: of each set of requests that one specialist may serve the cheapest.

    Parameters
    ----------
    people, requests : int
        How many there are.
    """

    def __init__(self, people: int, requests: int) -> None:
        self.people, self.requests = people, requests
        self.of: list[dict[frozenset[int], Programme]] = [{} for _person in range(people)]
        self.learnt: list[Programme] = []  # in the order in which they came, those too that a cheaper one replaced
        self._stale = True

    def add(self, programmes: Iterable[Programme]) -> int:
        """Add those that are new, or cheaper than what is known of their requests; how many."""
        before = len(self.learnt)
        self.learnt += [one for one in programmes if keep(self.of[one.person], one.requests, one)]
        count = len(self.learnt) - before
        self._stale |= count > 0
        return count

    def all(self) -> list[Programme]:
        """Every programme, specialist by specialist."""
        return [one for known in self.of for one in known.values()]

    def _fill(self) -> None:
        every = self.all()
        width = max((len(one.requests) for one in every), default=1)
        self._cost = np.array([one.cost for one in every], dtype=np.float64)
        self._served = np.full((len(every), width), self.requests, dtype=np.int64)
        for number, one in enumerate(every):
            self._served[number, : len(one.requests)] = list(one.requests)
        person = np.array([one.person for one in every], dtype=np.int64)
        self._who, self._first = np.unique(person, return_index=True)
        self._length = np.diff(np.append(self._first, len(every)))
        self._stale = False

    def best(self, prices: Floats) -> tuple[Floats, Ints]:
        """What the best known programme of each specialist brings, 0 for nothing; and who serves each request.

        Returns
        -------
        profit : ndarray of float, shape (people,)
        served : ndarray of int, shape (requests,)
            By how many specialists.
        """
        if self._stale:
            self._fill()
        profit = np.zeros(self.people)
        if not len(self._cost):
            return profit, np.zeros(self.requests, dtype=np.int64)
        padded = np.append(prices, 0.0)
        value = padded[self._served[:, 0]] - self._cost
        for column in range(1, self._served.shape[1]):
            value += padded[self._served[:, column]]
        most = np.maximum.reduceat(value, self._first)
        hit = np.flatnonzero(value >= np.repeat(np.maximum(most, 1e-9), self._length))
        place = np.repeat(np.arange(len(self._who)), self._length)[hit]
        _people, once = np.unique(place, return_index=True)
        profit[self._who] = np.maximum(0.0, most)
        served = np.bincount(self._served[hit[once]].ravel(), minlength=self.requests + 1)[:-1]
        return profit, served
