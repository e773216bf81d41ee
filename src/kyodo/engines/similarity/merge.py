"""Proposes which demand lines mean the same thing and could be bought together. An officer decides.

Lines are apart if their unit or any part differs (specs.py). Those that are left are joined by how like the rest of
their texts are, each cluster as far as its least like pair allows (complete linkage).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from kyodo.engines.similarity.specs import Asked, read_line

# Fitted on the development lines.
LIKE_ENOUGH = 0.5
SAME_THING = 0.7  # of the score, where both lines name a thing of the table


@dataclass(frozen=True, slots=True)
class Line:
    """A demand line as a body wrote it; the quantity stays text, since merging never looks at it."""

    id: str
    body: str
    text: str
    quantity: str
    unit: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Lines that mean the same, in the order in which they came, and how like the least like two are (0 to 1)."""

    line_ids: tuple[str, ...]
    score: float


def merge(lines: Sequence[Line]) -> list[Cluster]:
    """The proposed clusters, in the order of their first lines. Each line is in exactly one."""
    asked = [read_line(line.text, line.unit) for line in lines]
    alike: dict[Asked, list[int]] = defaultdict(list)
    for number, one in enumerate(asked):
        alike[one].append(number)
    by_kind: dict[tuple[str, frozenset[tuple[str, str]]], list[Asked]] = defaultdict(list)
    for one in alike:
        by_kind[one.unit, one.parts].append(one)
    clusters = []
    for same_kind in by_kind.values():
        for group, score in _joined(same_kind):
            numbers = sorted(number for one in group for number in alike[one])
            clusters.append((numbers, score))
    clusters.sort(key=lambda cluster: cluster[0])
    return [Cluster(tuple(lines[number].id for number in numbers), round(score, 3)) for numbers, score in clusters]


def likeness(one: Asked, other: Asked) -> float:
    """How like what is left of two lines is, once all their parts are the same: 0 to 1."""
    if one.thing and other.thing:
        return 0.0 if one.thing != other.thing else SAME_THING + (1 - SAME_THING) * _dice(one.rest, other.rest)
    return _dice(one.thing + one.rest, other.thing + other.rest)


def _dice(one: str, other: str) -> float:
    """Twice the common pairs of neighbouring characters, over all pairs."""
    if one == other:
        return 1.0
    first, second = (Counter(zip(f"^{text}", f"{text}$", strict=True)) for text in (one, other))
    return 2 * (first & second).total() / (first.total() + second.total())


def _joined(ones: list[Asked]) -> list[tuple[list[Asked], float]]:
    """Join from the most alike pair down, wherever every pair of the joined cluster is like enough."""
    ones = sorted(ones, key=_order)
    scores = _scores(ones)
    groups = {number: [number] for number in range(len(ones))}
    least = dict.fromkeys(groups, 1.0)
    home = {number: number for number in groups}
    for pair in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        left, right = (home[number] for number in pair)
        if left == right:
            continue
        across = [scores.get((min(i, j), max(i, j)), 0.0) for i in groups[left] for j in groups[right]]
        if min(across) < LIKE_ENOUGH:
            continue
        least[left] = min(least[left], least.pop(right), *across)
        for number in groups[right]:
            home[number] = left
        groups[left] += groups.pop(right)
    return [([ones[number] for number in group], least[head]) for head, group in groups.items()]


def _scores(ones: list[Asked]) -> dict[tuple[int, int], float]:
    """The likeness of each pair that is like enough; pairs without a common thing or neighbours are never met."""
    met: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(ones):
        for mark in {one.thing, *map("".join, pairwise(f"^{one.thing}{one.rest}$"))} - {""}:
            met[mark].append(number)
    pairs = {pair for numbers in met.values() for pair in combinations(numbers, 2)}
    found = ((pair, likeness(ones[pair[0]], ones[pair[1]])) for pair in pairs)
    return {pair: score for pair, score in found if score >= LIKE_ENOUGH}


def _order(one: Asked) -> tuple[str, str, str]:
    return one.thing, one.rest, one.unit
