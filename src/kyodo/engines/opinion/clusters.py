"""k-means in the plane: once from the fixed start that Polis takes, or many times at once from seeded ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kyodo.engines.opinion.votes import Floats, Ints

MOST_ROUNDS = 300
STILL = 1e-4  # of the mean variance: centres that move less stand
STARTS = 30
RACE, FINALISTS = 2, 5  # after so many rounds only the best starts go on
SAMPLE = 1_000  # points on which starts compete, where there are more
SETTLED = 1e-4  # of the sum of squares: runs that gain less have shown what they are worth
SEED = 7


@dataclass(frozen=True, slots=True)
class Partition:
    """Points put into `k` groups: the group of each point, and the centres (k × 2)."""

    k: int
    labels: Ints
    centres: Floats


def distinct(points: Floats) -> Floats:
    """The different points, sorted by x, then y."""
    ordered = points[np.lexsort((points[:, 1], points[:, 0]))]
    fresh = np.ones(len(ordered), dtype=bool)
    fresh[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    return ordered[fresh]


def nearest(x: Floats, y: Floats, centres: Floats) -> tuple[Ints, Floats]:
    """The nearest centre of each point (of equally near ones the first), and its squared distance.

    Points are (…) × n, centres (…) × k × 2. Centre by centre: a minimum over a short axis costs several times as much.
    """
    shape = np.broadcast_shapes(x.shape, (*centres.shape[:-2], 1))
    found = np.zeros(shape, dtype=np.int64)
    least = np.full(shape, np.inf)
    for number in range(centres.shape[-2]):
        across = x - centres[..., number, 0, None]
        along = y - centres[..., number, 1, None]
        across *= across
        along *= along
        across += along
        np.copyto(found, number, where=across < least)
        np.minimum(least, across, out=least)
    return found, least


def fixed_start(points: Floats, different: Floats, k: int) -> Partition:
    """Lloyd's algorithm from the `k` lexicographically smallest of the different points."""
    x, y = np.ascontiguousarray(points.T)
    centres = different[:k].copy()
    tolerance = STILL * float(points.var(axis=0).mean())
    labels: Ints | None = None
    for _round in range(MOST_ROUNDS):
        found, least = nearest(x, y, centres)
        sizes = np.bincount(found, minlength=k)
        if not sizes.all():
            found, sizes = _filled(found, sizes, least)
        moved = np.empty_like(centres)
        moved[:, 0] = np.bincount(found, weights=x, minlength=k) / sizes
        moved[:, 1] = np.bincount(found, weights=y, minlength=k) / sizes
        if labels is not None and np.array_equal(found, labels):
            return Partition(k, found, centres)
        shift = float(((moved - centres) ** 2).sum())
        labels, centres = found, moved
        if shift <= tolerance:
            break
    return Partition(k, nearest(x, y, centres)[0], centres)


def _filled(found: Ints, sizes: Ints, least: Floats) -> tuple[Ints, Ints]:
    """Each empty cluster takes the point farthest from its own centre."""
    own, found, sizes = least.copy(), found.copy(), sizes.copy()
    for empty in np.flatnonzero(sizes == 0).tolist():
        far = int(own.argmax())
        sizes[found[far]] -= 1
        found[far] = empty
        sizes[empty] = 1
        own[far] = -1.0
    return found, np.maximum(sizes, 1)


def seeded(points: Floats, most: int) -> list[Partition]:
    """For each number of groups from two to `most` the best of thirty k-means++ starts; the leading ones converge.

    A group of one is set aside and joins its nearest neighbours. Where there are more than a thousand points the
    starts compete on every n-th of them, and the best goes on to converge over all.
    """
    starts = _best_starts(points, range(2, most + 1))
    return [_no_loners(points, _converged(points, start)) for start in starts]


def _no_loners(points: Floats, part: Partition) -> Partition:
    stays = np.ones(len(points), dtype=bool)
    while True:
        sizes = np.bincount(part.labels, minlength=part.k)
        alone = np.flatnonzero(sizes < 2)
        if not len(alone):
            break
        here = np.flatnonzero(stays)
        stays[here[np.isin(part.labels, alone)]] = False
        if sizes.min() == 0 or stays.sum() < 2 * part.k:
            break
        inner = points[stays]
        part = _converged(inner, _best_starts(inner, [part.k])[0])
    if stays.all():
        return part
    return Partition(part.k, nearest(points[:, 0], points[:, 1], part.centres)[0], part.centres)


def _best_starts(points: Floats, sizes: Sequence[int]) -> list[Floats]:
    """Centres for each number of groups, all found in one go: the first two of five that are well spread are so too."""
    step = -(-len(points) // SAMPLE)
    sample = points[None, ::step]
    widest = max(sizes)
    chances = np.random.default_rng(SEED).random((STARTS, widest))
    spread = spread_starts(sample, np.ones(sample.shape[:2]), widest, chances)
    centres = np.full((STARTS, len(sizes), widest, 2), np.inf)  # a centre infinitely far takes no point
    for place, k in enumerate(sizes):
        centres[:, place, :k] = spread[:, :k]
    best = best_of(sample, None, centres.reshape(-1, widest, 2), len(sizes), finalists=FINALISTS)
    return [best[place, :k] for place, k in enumerate(sizes)]


def _converged(points: Floats, centres: Floats) -> Partition:
    x, y = np.ascontiguousarray(points.T)
    k, labels = len(centres), np.zeros(0, dtype=np.int64)
    for _round in range(MOST_ROUNDS):
        found = nearest(x, y, centres)[0]
        if np.array_equal(found, labels):
            break
        labels = found
        sizes = np.bincount(found, minlength=k)
        sums = np.stack([np.bincount(found, weights=each, minlength=k) for each in (x, y)], axis=1)
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(1, sizes)[:, None], centres)
    return Partition(k, labels, centres)


def spread_starts(points: Floats, weights: Floats, k: int, chances: Floats) -> Floats:
    """k-means++ for many runs at once.

    Parameters
    ----------
    points : array, (1 or runs) × n × 2
    weights : array, (1 or runs) × n
    k : int
    chances : array, runs × k
        Uniform numbers: which point is drawn.

    Returns
    -------
    array, runs × k × 2
    """
    runs, many = len(chances), points.shape[1]
    centres = np.empty((runs, k, 2))
    which = np.arange(runs) if len(points) > 1 else np.zeros(runs, dtype=np.int64)
    x, y = np.ascontiguousarray(points[..., 0]), np.ascontiguousarray(points[..., 1])
    least = np.full((runs, many), np.inf)
    odds = np.broadcast_to(weights, (runs, many))
    for number in range(k):
        heights = np.cumsum(odds, axis=1)
        drawn = (heights < chances[:, number, None] * heights[:, -1:]).sum(axis=1)
        centres[:, number] = points[which, np.minimum(drawn, many - 1)]
        apart = nearest(x, y, centres[:, number : number + 1])[1]
        np.minimum(least, apart, out=least)
        odds = least * weights
    return centres


def best_of(
    points: Floats, weights: Floats | None, centres: Floats, problems: int, *, finalists: int | None = None
) -> Floats:
    """Run Lloyd's algorithm from many starts at once until they settle, and keep the best of each problem.

    Parameters
    ----------
    points : array, (1 or runs) × n × 2
        One set of points for all runs, or one a run.
    weights : array, runs × n, optional
    centres : array, runs × k × 2
    problems : int
        1: all runs are of one; otherwise runs of a problem lie `problems` apart.
    finalists : int, optional
        How many runs of a problem go on after the first rounds.

    Returns
    -------
    array, problems × k × 2
    """
    x, y = np.ascontiguousarray(points[..., 0]), np.ascontiguousarray(points[..., 1])
    problem = np.arange(len(centres)) % problems
    kept, worth = centres.copy(), np.full(len(centres), np.inf)
    live, before = np.arange(len(centres)), worth.copy()
    for turn in range(MOST_ROUNDS):
        found, near = nearest(x, y, centres)
        spread = (near if weights is None else near * weights).sum(axis=1)
        kept[live], worth[live] = centres, spread
        gaining = np.flatnonzero(before - spread > SETTLED * spread)
        goes = gaining[_different(problem[live[gaining]], spread[gaining])]
        if turn == RACE and finalists is not None:
            goes = _leading(goes, problem[live], spread, finalists)
        if not len(goes):
            break
        if len(goes) < len(live):
            live, found, centres, spread = live[goes], found[goes], centres[goes], spread[goes]
            weights = None if weights is None else weights[goes]
            if len(x) > 1:
                x, y = x[goes], y[goes]
        before = spread
        centres = _means(x, y, weights, found, centres)
    order = np.lexsort((worth, problem))
    first = order[np.searchsorted(problem[order], np.arange(problems))]
    return kept[first]


def _different(problem: Ints, spread: Floats) -> Ints:
    """Runs of one problem that are equally good to ten digits are the same one under other names: one goes on."""
    order = np.lexsort((spread, problem))
    sizes = spread[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (np.diff(problem[order]) != 0) | (np.diff(sizes) > 1e-10 * np.abs(sizes[1:]))
    return np.sort(order[fresh])


def _leading(live: Ints, problem: Ints, spread: Floats, most: int) -> Ints:
    """Of the runs still going, the `most` best of each problem."""
    order = live[np.lexsort((spread[live], problem[live]))]
    rank = np.arange(len(order)) - np.searchsorted(problem[order], problem[order])
    return np.sort(order[rank < most])


def _means(x: Floats, y: Floats, weights: Floats | None, found: Ints, centres: Floats) -> Floats:
    runs, k = centres.shape[:2]
    slot = (found + (np.arange(runs) * k)[:, None]).ravel()
    flat = None if weights is None else weights.ravel()
    sizes = np.bincount(slot, weights=flat, minlength=runs * k)
    new = np.empty((runs * k, 2))
    for axis, values in enumerate((x, y)):
        every = np.broadcast_to(values, found.shape).ravel()
        new[:, axis] = np.bincount(slot, weights=every if flat is None else every * flat, minlength=runs * k)
    empty = sizes <= 0
    new /= np.where(empty, 1.0, sizes)[:, None]
    new[empty] = centres.reshape(-1, 2)[empty]
    return new.reshape(runs, k, 2)
