"""Would other people have given the same groups? The grouping is found again on resamples, and compared.

Each resample draws participants with replacement. The plane is turned anew within the four strongest components of
all votes (one step of a power iteration under the new weights), the groups are found anew, and everybody is put into
the nearest: the adjusted Rand index says how far that agrees with the grouping shown.
"""

from __future__ import annotations

import numpy as np

from kyodo.engines.opinion.clusters import Partition, best_of, nearest, spread_starts
from kyodo.engines.opinion.projection import Plane
from kyodo.engines.opinion.votes import Floats, Ints

RESAMPLES = 20
SAMPLE = 300  # participants, evenly taken where there are more
SEED = 11


def stability(plane: Plane, included: Ints, part: Partition) -> float:
    """The mean agreement over resamples, from 0 (as by chance) to 1 (always the same groups)."""
    step = -(-len(included) // SAMPLE)
    rows, labels = included[::step], part.labels[::step]
    rng = np.random.default_rng(SEED)
    many = len(rows)
    # Balanced: over all resamples everybody is drawn equally often, which makes the mean steadier.
    drawn = rng.permutation(np.tile(np.arange(many), RESAMPLES)).reshape(RESAMPLES, many)
    drawn += (np.arange(RESAMPLES) * many)[:, None]
    weights = np.bincount(drawn.ravel(), minlength=RESAMPLES * many).reshape(RESAMPLES, many).astype(np.float64)
    points = _turned_anew(plane, rows, weights)
    starts = spread_starts(points, weights, part.k, rng.random((RESAMPLES, part.k)))
    runs = np.concatenate([_own_centres(points, weights, labels, part.k), starts])
    twice = np.concatenate([points, points]), np.concatenate([weights, weights])
    centres = best_of(*twice, runs, RESAMPLES)
    again = nearest(points[..., 0], points[..., 1], centres)[0]
    scores = adjusted_rand(np.broadcast_to(labels, again.shape), again, part.k)
    return round(float(np.clip(scores.mean(), 0.0, 1.0)), 6)


def _turned_anew(plane: Plane, rows: Ints, weights: Floats) -> Floats:
    """Points of each resample: resamples × n × 2."""
    centred = plane.centred[rows]
    directions = plane.basis.shape[1]
    seen = (centred @ plane.basis) if directions else np.zeros((len(rows), 1))
    if directions < 2:
        flat = np.concatenate([seen, np.zeros_like(seen)], axis=1)[:, :2] * plane.scale[rows, None]
        return np.broadcast_to(flat, (len(weights), *flat.shape)).copy()
    weighted = weights[:, :, None] * seen[None]
    stacked = weighted.transpose(1, 0, 2).reshape(len(rows), -1)
    ahead = (centred.T @ stacked).reshape(centred.shape[1], len(weights), directions).transpose(1, 0, 2)
    axes = np.linalg.qr(ahead)[0]
    flat_axes = axes.transpose(1, 0, 2).reshape(centred.shape[1], -1)
    coordinates = (centred @ flat_axes).reshape(len(rows), len(weights), -1).transpose(1, 0, 2)
    spread = np.matmul(coordinates.transpose(0, 2, 1), coordinates * weights[:, :, None])
    turn = np.linalg.eigh(spread)[1][:, :, ::-1][:, :, :2]
    points: Floats = np.matmul(coordinates, turn) * plane.scale[rows][None, :, None]
    return points


def _own_centres(points: Floats, weights: Floats, labels: Ints, k: int) -> Floats:
    """Where the groups shown lie in each resample."""
    members = np.eye(k)[labels]
    heavy = weights @ members
    sums: Floats = np.matmul((weights[:, :, None] * members[None]).transpose(0, 2, 1), points)
    return sums / np.maximum(heavy, 1e-9)[:, :, None]


def adjusted_rand(one: Ints, other: Ints, k: int) -> Floats:
    """The adjusted Rand index of each pair of labellings (runs × n, labels below `k`)."""
    runs, many = other.shape
    slot = (np.arange(runs)[:, None] * k + one) * k + other
    table = np.bincount(slot.ravel(), minlength=runs * k * k).reshape(runs, k, k).astype(np.float64)

    def pairs(counts: Floats) -> Floats:
        return counts * (counts - 1) / 2

    both = pairs(table).sum(axis=(1, 2))
    left, right = pairs(table.sum(axis=2)).sum(axis=1), pairs(table.sum(axis=1)).sum(axis=1)
    chance = left * right / max(1.0, many * (many - 1) / 2)
    top = (left + right) / 2
    same = top == chance
    return np.where(same, 1.0, (both - chance) / np.where(same, 1.0, top - chance))
