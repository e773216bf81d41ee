"""Generalised assignment problems after the published recipes of classes c, d and e.

P. C. Chu, J. E. Beasley, *A genetic algorithm for the generalised assignment problem*, Computers & Operations
Research 24, 1997 (c, d); M. Laguna, J. P. Kelly, J. L. González-Velarde, F. Glover, *Tabu search for the multilevel
generalized assignment problem*, European Journal of Operational Research 82, 1995 (e).
"""

from __future__ import annotations

import numpy as np

from kyodo.engines.matching.gap.reading import Assignment


def draw(kind: str, agents: int, jobs: int, seed: int) -> Assignment:
    """Draw a problem of class c, d or e."""
    rng = np.random.default_rng(seed)
    shape = (agents, jobs)
    if kind == "c":
        resource, cost = rng.integers(5, 26, shape), rng.integers(10, 51, shape)
    elif kind == "d":
        resource = rng.integers(1, 101, shape)
        cost = 111 - resource + rng.integers(-10, 11, shape)
    else:
        resource = np.ceil(1 - 10 * np.log(1 - rng.random(shape))).astype(np.int64)
        cost = np.ceil(1000 / resource - 10 * rng.random(shape)).astype(np.int64)
    capacity = (0.8 * resource.sum(axis=1) / agents).astype(np.int64)
    return Assignment(np.maximum(0, cost).astype(np.int64), resource.astype(np.int64), capacity)
