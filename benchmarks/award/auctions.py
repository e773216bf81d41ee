"""Auctions after the published distributions of CATS (Leyton-Brown, Pearson and Shoham 2000), written anew.

Five families: `regions` (neighbouring lots on a grid), `arbitrary` (goods that go together by a random measure),
`matching` (slots of two airports), `scheduling` (time slots before deadlines), `paths` (routes in a graph). Bids that
exclude each other share a dummy good. Parameters follow the paper in kind, not in each number.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import count

from kyodo.engines.award.auction import Auction, Bid

Groups = list[list[tuple[float, frozenset[int]]]]  # bids of one bidder exclude each other


def _auction(goods: int, groups: Groups) -> Auction:
    number, dummy = count(), count(goods)
    bids, dummies = [], 0
    for group in groups:
        tie = frozenset([next(dummy)]) if len(group) > 1 else frozenset[int]()
        dummies += bool(tie)
        bids += [Bid(f"b{next(number)}", max(1, round(price)), wanted | tie) for price, wanted in group]
    return Auction(goods, dummies, tuple(bids))


def _grown(
    rng: random.Random, goods: int, near: Callable[[int], list[tuple[int, float]]], more: float
) -> frozenset[int]:
    """A bundle that grows from one good to those near it."""
    bundle = {rng.randrange(goods)}
    while rng.random() < more:
        weights: dict[int, float] = {}
        for good in bundle:
            for other, weight in near(good):
                if other not in bundle:
                    weights[other] = weights.get(other, 0.0) + weight
        if not weights:
            break
        bundle.add(rng.choices(list(weights), list(weights.values()))[0])
    return frozenset(bundle)


def _bidders(
    rng: random.Random, goods: int, bids: int, near: Callable[[int], list[tuple[int, float]]], more: float
) -> Groups:
    common = [rng.uniform(1, 100) for _good in range(goods)]
    groups: Groups = []
    made = 0
    while made < bids:
        private = [value + rng.uniform(-50, 50) for value in common]
        group: dict[frozenset[int], float] = {}
        for _alternative in range(rng.randint(1, 5)):
            bundle = _grown(rng, goods, near, more)
            value = sum(max(1.0, private[good]) for good in bundle) + len(bundle) ** 1.2
            group[bundle] = value * 10
        groups.append([(price, bundle) for bundle, price in group.items()])
        made += len(group)
    return groups


def regions(rng: random.Random, goods: int, bids: int) -> Auction:
    """Lots on a grid; bundles grow over the sides, now and then over a corner."""
    side = int(goods**0.5)

    def near(good: int) -> list[tuple[int, float]]:
        row, column = divmod(good, side)
        found = []
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                if (down or right) and 0 <= row + down < side and 0 <= column + right < side:
                    found.append(((row + down) * side + column + right, 0.2 if down and right else 1.0))
        return found

    return _auction(side * side, _bidders(rng, side * side, bids, near, 0.9 * 0.9))


def arbitrary(rng: random.Random, goods: int, bids: int) -> Auction:
    """Every pair of goods goes together by a random measure."""
    weight = [[rng.random() for _other in range(goods)] for _good in range(goods)]

    def near(good: int) -> list[tuple[int, float]]:
        return [(other, weight[min(good, other)][max(good, other)]) for other in range(goods) if other != good]

    return _auction(goods, _bidders(rng, goods, bids, near, 0.75))


def matching(rng: random.Random, goods: int, bids: int) -> Auction:
    """A start slot at one airport and a landing slot at another, as near to the wish as possible."""
    slots = goods // 4
    groups: Groups = []
    made = 0
    while made < bids:
        start, land = rng.sample(range(4), 2)
        wish, flight = rng.randrange(slots), rng.randint(1, max(1, slots // 6))
        worth = rng.uniform(300, 1000)
        group = []
        for delay in range(rng.randint(1, 5)):
            first, last = wish + delay, wish + delay + flight
            if last < slots:
                group.append((worth * 0.95**delay, frozenset({start * slots + first, land * slots + last})))
        if group:
            groups.append(group)
            made += len(group)
    return _auction(slots * 4, groups)


def scheduling(rng: random.Random, goods: int, bids: int) -> Auction:
    """A job takes consecutive slots before its deadline; later is worth less."""
    groups: Groups = []
    made = 0
    while made < bids:
        length = rng.randint(1, 8)
        deadline = rng.randint(length, goods)
        worth = rng.uniform(0.6, 1.4) * length * 100
        group = []
        for end in range(deadline, min(goods, deadline + rng.randint(1, 6)) + 1):
            group.append((worth * deadline / end, frozenset(range(end - length, end))))
        groups.append(group)
        made += len(group)
    return _auction(goods, groups)


def paths(rng: random.Random, goods: int, bids: int) -> Auction:
    """Goods are the edges between near points of the plane; a bidder wants one of the cheap routes from A to B."""
    points = [(rng.random(), rng.random()) for _point in range(max(4, goods // 3))]

    def far(a: int, b: int) -> float:
        return ((points[a][0] - points[b][0]) ** 2 + (points[a][1] - points[b][1]) ** 2) ** 0.5

    pairs = sorted((far(a, b), a, b) for a in range(len(points)) for b in range(a))[:goods]
    edges: dict[int, list[tuple[int, int]]] = {}
    for number, (_length, a, b) in enumerate(pairs):
        edges.setdefault(a, []).append((b, number))
        edges.setdefault(b, []).append((a, number))
    groups: Groups = []
    made = 0
    while made < bids:
        group: dict[frozenset[int], float] = {}
        start = rng.choice(sorted(edges))
        for _alternative in range(rng.randint(1, 4)):
            here, walked, seen = start, [], {start}
            for _step in range(rng.randint(2, 9)):
                ways = [(other, number) for other, number in edges[here] if other not in seen]
                if not ways:
                    break
                here, number = rng.choice(ways)
                seen.add(here)
                walked.append(number)
            if walked:
                length = sum(pairs[number][0] for number in walked)
                group[frozenset(walked)] = 10_000 * length * rng.uniform(1, 1.5) / len(points) ** 0.5
        if group:
            groups.append([(price, bundle) for bundle, price in group.items()])
            made += len(group)
    return _auction(goods, groups)


FAMILIES = {
    "regions": regions,
    "arbitrary": arbitrary,
    "matching": matching,
    "scheduling": scheduling,
    "paths": paths,
}
