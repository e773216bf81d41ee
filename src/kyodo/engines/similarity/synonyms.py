"""The table of words that stand for one thing in municipal offices (synonyms.csv).

A word of several parts counts where its parts stand together, an inflected one as its dictionary form. To be added:
what officers confirmed, never what a test set would like.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kyodo.engines.similarity.words import read_words

TABLE = Path(__file__).with_name("synonyms.csv")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Which runs of words stand for which things, by the run's first word."""

    runs: Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]

    def things_of(self, words: Sequence[str]) -> list[str]:
        """The things that the words of a text stand for, once for each run of words that says so."""
        found: list[str] = []
        for start, word in enumerate(words):
            for run, things in self.runs.get(word, ()):
                if tuple(words[start : start + len(run)]) == run:
                    found += things
        return sorted(found)


NONE = Synonyms({})


@cache
def table() -> Synonyms:
    """The checked-in table, read once."""
    things: dict[tuple[str, ...], set[str]] = {}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for spelling in (row["thing"], *row["words"].split("・")):
                if run := read_words(spelling).all:
                    things.setdefault(run, set()).add(row["thing"])
    runs: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for run, names in things.items():
        runs.setdefault(run[0], []).append((run, frozenset(names)))
    return Synonyms({word: tuple(found) for word, found in runs.items()})
