"""From degrees to a flat picture: kilometres, neighbours, and which places lie apart from the rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial.distance import cdist

from kyodo.engines.tilemap.layout import Place

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KM_A_DEGREE = 111.195
# Over a strait this much wider than the usual step a place is far away rather than next door: the isles of Tokyo and
# Okinawa are, those of Nagasaki aren't.
GAP = 6.0
# Among so few places "the usual step" means nothing.
FEWEST_TO_SPLIT = 6
NEIGHBOURS = 4
# Two town halls closer than this have no direction from one another that a map could keep.
SAME_SPOT_KM = 1e-3


def flatten(places: Sequence[Place]) -> Floats:
    """Kilometres east and south of the middle: an equirectangular picture about the middle latitude.

    Parameters
    ----------
    places : sequence of Place

    Returns
    -------
    ndarray of float, shape (places, 2)
        Rounded to the millimetre, so that moving a region along the globe doesn't move a tile.
    """
    lat = np.array([place.lat for place in places])
    lng = np.array([place.lng for place in places])
    east = (lng - (lng.min() + lng.max()) / 2) * np.cos(np.radians((lat.min() + lat.max()) / 2))
    south = (lat.min() + lat.max()) / 2 - lat
    return np.round(np.stack([east, south], axis=1) * KM_A_DEGREE, 6)


def spanning_edges(xy: Floats) -> tuple[Ints, Floats]:
    """The shortest set of steps that joins all places, and their lengths in km.

    Returns
    -------
    edges : ndarray of int, shape (places - 1, 2)
    lengths : ndarray of float, shape (places - 1,)
    """
    # A distance of nought would be read as "no step": two halls in one building are a millimetre apart.
    tree = minimum_spanning_tree(np.maximum(cdist(xy, xy), SAME_SPOT_KM)).tocoo()
    order = np.lexsort((tree.col, tree.row))
    edges = np.stack([tree.row, tree.col], axis=1)[order].astype(np.int64)
    return edges, tree.data[order]


def apart(xy: Floats) -> NDArray[np.bool_]:
    """Which places are cut off from the largest group by a step far longer than usual: islands.

    Returns
    -------
    ndarray of bool, shape (places,)
    """
    count = len(xy)
    if count < FEWEST_TO_SPLIT:
        return np.zeros(count, dtype=bool)
    edges, lengths = spanning_edges(xy)
    kept = edges[lengths <= GAP * np.median(lengths)]
    joined = np.zeros((count, count), dtype=bool)
    joined[kept[:, 0], kept[:, 1]] = True
    _groups, group = connected_components(joined, directed=False)
    largest = np.argmax(np.bincount(group))
    return np.asarray(group != largest)


def neighbour_pairs(xy: Floats) -> Ints:
    """Pairs of places whose direction from one another a map should keep: nearest ones, and a chain through all.

    Returns
    -------
    ndarray of int, shape (pairs, 2)
        Each pair once, the lower index first, sorted.
    """
    count = len(xy)
    if count < 2:
        return np.zeros((0, 2), dtype=np.int64)
    distance = cdist(xy, xy)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")[:, : min(NEIGHBOURS, count - 1)]
    own = np.repeat(np.arange(count), nearest.shape[1])
    pairs = np.vstack([np.stack([own, nearest.ravel()], axis=1), spanning_edges(xy)[0]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    return np.asarray(pairs[distance[pairs[:, 0], pairs[:, 1]] > SAME_SPOT_KM], dtype=np.int64)
