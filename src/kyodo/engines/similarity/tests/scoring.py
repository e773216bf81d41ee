"""Reads the labelled texts and says how often the true sibling is among the first three."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from kyodo.engines.similarity.index import Index, Weights
from kyodo.engines.similarity.merge import Line

HERE = Path(__file__).with_name("labelled")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text of the set; `pair` is empty for a distractor."""

    pair: str
    title: str
    body: str


@cache
def labelled() -> tuple[Labelled, ...]:
    """All texts: the labelled ones, and the needs of the demonstration as it was when the set was made.

    Not of today's: who adds needs there adds siblings that nobody labelled, and they would count as misses.
    """
    with (HERE / "demonstration.csv").open(encoding="utf-8", newline="") as lines:
        demo = {row["title"]: row["body"] for row in csv.DictReader(lines)}
    with (HERE / "needs.csv").open(encoding="utf-8", newline="") as lines:
        rows = [Labelled(row["pair"], row["title"], row["body"]) for row in csv.DictReader(lines)]
    own = {row.title for row in rows}
    rows = [row if row.body else Labelled(row.pair, row.title, demo[row.title]) for row in rows]
    return (*rows, *(Labelled("", title, body) for title, body in demo.items() if title not in own))


@cache
def held_back() -> frozenset[str]:
    """The pairs that nothing was made from."""
    return frozenset((HERE / "held_back.txt").read_text(encoding="utf-8").split())


def in_first_three(weights: Weights, pairs: frozenset[str]) -> tuple[int, int]:
    """How many texts of `pairs` have their sibling among the three most like, and how many there are."""
    texts = labelled()
    index: Index[int] = Index(weights)
    for number, text in enumerate(texts):
        index.put(number, text.title, text.body)
    asked = [number for number, text in enumerate(texts) if text.pair in pairs]
    found = 0
    for number in asked:
        hits = [hit.id for hit in index.like(texts[number].title, texts[number].body, first=4) if hit.id != number][:3]
        found += any(texts[hit].pair == texts[number].pair for hit in hits)
    return found, len(asked)


def development() -> frozenset[str]:
    """The pairs that the method may be fitted to."""
    return frozenset(text.pair for text in labelled() if text.pair) - held_back()


def lines_of(name: str, folder: Path = HERE) -> tuple[list[Line], dict[str, str]]:
    """The demand lines of a file and the cluster of each; a file may leave out bodies and quantities."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [
        Line(str(number), row.get("body", ""), row["text"], row.get("quantity", "1"), row["unit"])
        for number, row in enumerate(rows, start=1)
    ]
    return lines, {line.id: row["cluster"] for line, row in zip(lines, rows, strict=True)}


def pair_f1(proposed: Iterable[tuple[str, ...]], truth: Mapping[str, str]) -> tuple[float, float, float]:
    """F1, precision and recall over pairs of lines that are in one cluster."""
    made = {pair for cluster in proposed for pair in combinations(sorted(cluster), 2)}
    right = {pair for pair in combinations(sorted(truth), 2) if truth[pair[0]] == truth[pair[1]]}
    precision, recall = len(made & right) / max(1, len(made)), len(made & right) / len(right)
    return 2 * len(made & right) / (len(made) + len(right)), precision, recall
