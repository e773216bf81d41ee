"""Proposes which demand lines mean the same thing and could be bought together. An officer decides.

Lines whose unit or whose measures differ are never proposed as one. Those that are left are joined by how like they
are, each cluster as far as its least like pair allows (complete linkage). What officers confirmed stays together and
what they denied stays apart, whatever the method thinks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from kyodo.engines.similarity.compare import Difference, clash, differences, shared, values_of
from kyodo.engines.similarity.demand import Asked, Reading, Tables, read_line
from kyodo.engines.similarity.likeness import AS_FITTED, Likeness, Looks

LIKE_ENOUGH = 0.3  # fitted on the development lines, with half of their goods taken out of the table
MOST_NEAR = 3  # near misses told of one cluster
MOST_DIFFERENCES = 2  # what differs in more than that is no near miss

Pair = tuple[str, str]


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
    """Lines that mean the same, in the order in which they came, and how like the least like two are (0 to 1).

    `thing` is the usual name where the table knows it, `shared` what all of them state, as pairs of about what and the
    first line's words. `confirmed` says that officers' word alone holds it, so that nothing is left to decide.
    """

    line_ids: tuple[str, ...]
    score: float
    thing: str = ""
    shared: tuple[tuple[str, str], ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Two clusters of one thing that are kept apart: the first line of each, and in what they differ."""

    one: str
    other: str
    thing: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """All clusters in the order of their first lines, what nearly was one, and denied pairs that can't be kept apart.

    A contradiction is a denied pair whose lines confirmed pairs hold together; they stay together until an officer
    takes one of the two back.
    """

    clusters: tuple[Cluster, ...]
    near_misses: tuple[NearMiss, ...]
    contradictions: tuple[Pair, ...]


def merge(
    lines: Sequence[Line],
    *,
    confirmed: Iterable[Pair] = (),
    denied: Iterable[Pair] = (),
    tables: Tables | None = None,
    looks: Looks = AS_FITTED,
) -> Proposals:
    """The proposed clusters; each line is in exactly one.

    Parameters
    ----------
    lines : sequence of Line
        What bodies wrote, with ids of their own.
    confirmed, denied : iterable of pairs of ids
        What officers decided before. It holds for other lines of the same words and unit too, and a confirmed pair
        brings along whatever is like either of the two. Ids of lines that aren't there are passed over.
    tables, looks
        The names of things and the ways of looking; as checked in, if not said otherwise.
    """
    read = {said: read_line(*said, tables) for said in dict.fromkeys((line.text, line.unit) for line in lines)}
    readings = [read[line.text, line.unit] for line in lines]
    like = Likeness([reading.asked for reading in readings], looks)
    place = {line.id: number for number, line in enumerate(lines)}
    together, apart = _known(confirmed, place), _known(denied, place)
    atoms, contradictions = _atoms(readings, together, apart)
    home = {number: atom for atom, numbers in enumerate(atoms) for number in numbers}
    kept_apart = {(min(home[one], home[other]), max(home[one], home[other])) for one, other in apart}
    joined = _joined(atoms, _scores(atoms, readings, like), kept_apart)
    joined.sort(key=lambda group: min(number for atom in group.atoms for number in atoms[atom]))
    clusters = [_cluster(group, atoms, lines, readings, together) for group in joined]
    heads = [place[cluster.line_ids[0]] for cluster in clusters]
    decided = {frozenset(pair) for pair in (*together, *apart)}
    return Proposals(
        tuple(clusters),
        tuple(_near_misses(heads, lines, readings, like, decided)),
        tuple((lines[one].id, lines[other].id) for one, other in contradictions),
    )


def _known(pairs: Iterable[Pair], place: dict[str, int]) -> list[tuple[int, int]]:
    """Pairs of ids as places, each once, the earlier line first."""
    found = {
        (min(place[one], place[other]), max(place[one], place[other]))
        for one, other in pairs
        if one in place and other in place and one != other
    }
    return sorted(found)


def _atoms(
    readings: Sequence[Reading], together: Sequence[tuple[int, int]], apart: Sequence[tuple[int, int]]
) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Lines that nothing parts: of the same words and unit, or confirmed; and denials that confirmations contradict."""
    own_words = {number for pair in apart if _same(readings, *pair) for number in pair}
    roots = list(range(len(readings)))

    def root(number: int) -> int:
        while roots[number] != number:
            roots[number] = number = roots[roots[number]]
        return number

    first: dict[Asked, int] = {}
    for number, reading in enumerate(readings):
        if number not in own_words:
            roots[number] = first.setdefault(reading.asked, number)
    for one, other in together:
        low, high = sorted((root(one), root(other)))
        roots[high] = low
    atoms: dict[int, list[int]] = defaultdict(list)
    for number in range(len(readings)):
        atoms[root(number)].append(number)
    return list(atoms.values()), [(one, other) for one, other in apart if root(one) == root(other)]


def _same(readings: Sequence[Reading], one: int, other: int) -> bool:
    return readings[one].asked == readings[other].asked


def _scores(
    atoms: Sequence[Sequence[int]], readings: Sequence[Reading], like: Likeness
) -> dict[tuple[int, int], float]:
    """How like two atoms are by their most like lines, where that is enough; the others are never met."""
    kinds: dict[tuple[str, frozenset[tuple[str, str]]], dict[Asked, set[int]]] = defaultdict(lambda: defaultdict(set))
    for atom, numbers in enumerate(atoms):
        for number in numbers:
            asked = readings[number].asked
            kinds[asked.unit, asked.firm][asked].add(atom)
    best: dict[tuple[int, int], float] = {}
    for homes in kinds.values():
        for one, other, score in _alike(list(homes), like):
            for left, right in product(homes[one], homes[other]):
                if left != right:
                    pair = (min(left, right), max(left, right))
                    best[pair] = max(best.get(pair, 0.0), score)
        for same in homes.values():
            best.update(dict.fromkeys(combinations(sorted(same), 2), 1.0))
    return best


def _alike(ones: Sequence[Asked], like: Likeness) -> Iterator[tuple[Asked, Asked, float]]:
    """Pairs that are like enough; only what shares a thing, a word or a run of characters is compared."""
    loose = [values_of(one.loose) for one in ones]
    met: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(ones):
        for mark in set(like.marks(one)):
            met[mark].append(number)
    for first, second in {pair for numbers in met.values() for pair in combinations(numbers, 2)}:
        one, other = ones[first], ones[second]
        if not clash(loose[first], loose[second]) and (score := like(one, other)) >= LIKE_ENOUGH:
            yield one, other, score


@dataclass(slots=True)
class _Group:
    atoms: list[int]
    score: float = 1.0


def _joined(
    atoms: Sequence[Sequence[int]], scores: dict[tuple[int, int], float], kept_apart: Collection[tuple[int, int]]
) -> list[_Group]:
    """Join from the most alike pair down, wherever every pair of the joined group is like enough."""
    groups = {number: _Group([number]) for number in range(len(atoms))}
    home = {number: number for number in groups}
    for pair in sorted(scores, key=lambda pair: (-round(scores[pair], 9), atoms[pair[0]][0], atoms[pair[1]][0])):
        left, right = sorted(home[number] for number in pair)
        if left == right:
            continue
        across = [(min(one, other), max(one, other)) for one in groups[left].atoms for other in groups[right].atoms]
        if any(one in kept_apart or one not in scores for one in across):
            continue
        gone = groups.pop(right)
        for number in gone.atoms:
            home[number] = left
        groups[left].atoms += gone.atoms
        groups[left].score = min(groups[left].score, gone.score, *(scores[one] for one in across))
    return list(groups.values())


def _cluster(
    group: _Group,
    atoms: Sequence[Sequence[int]],
    lines: Sequence[Line],
    readings: Sequence[Reading],
    together: Sequence[tuple[int, int]],
) -> Cluster:
    numbers = sorted(number for atom in group.atoms for number in atoms[atom])
    things = [readings[number].asked.thing for number in numbers]
    return Cluster(
        tuple(lines[number].id for number in numbers),
        round(group.score, 3),
        max(things, key=lambda thing: (bool(thing), things.count(thing), thing)),
        shared([readings[number] for number in numbers]),
        confirmed=len(numbers) > 1 and _held(numbers, together),
    )


def _held(numbers: Sequence[int], together: Sequence[tuple[int, int]]) -> bool:
    """True if confirmed pairs alone lead from each line to each other."""
    inside = set(numbers)
    reached, left = {numbers[0]}, [pair for pair in together if pair[0] in inside]
    while grown := [pair for pair in left if (pair[0] in reached) != (pair[1] in reached)]:
        reached.update(number for pair in grown for number in pair)
    return reached == inside


def _near_misses(
    heads: Sequence[int],
    lines: Sequence[Line],
    readings: Sequence[Reading],
    like: Likeness,
    decided: Collection[frozenset[int]],
) -> Iterator[NearMiss]:
    """Clusters of one thing, those first that differ in the least; of each line a few."""
    met: dict[str, list[int]] = defaultdict(list)
    for number in heads:
        for mark in like.heads(readings[number].asked):
            met[mark].append(number)
    found = []
    for one, other in {pair for numbers in met.values() for pair in combinations(numbers, 2)}:
        told = differences(readings[one], readings[other])
        if not 0 < len(told) <= MOST_DIFFERENCES or frozenset((one, other)) in decided:
            continue
        score = like(readings[one].asked, readings[other].asked)
        if score >= LIKE_ENOUGH:
            found.append((len(told), -score, one, other, told))
    told_of: dict[int, int] = defaultdict(int)
    for _count, _score, one, other, told in sorted(found, key=lambda miss: miss[:4]):
        if max(told_of[one], told_of[other]) < MOST_NEAR:
            told_of[one] += 1
            told_of[other] += 1
            yield NearMiss(lines[one].id, lines[other].id, readings[one].asked.thing, told)
