"""The table of words that stand for one thing in municipal offices (synonyms.csv).

A word of several parts counts where its parts stand together, an inflected one as its dictionary form. To be added:
what officers confirmed, never what a test set would like.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kyodo.engines.similarity.tables import rows, spellings
from kyodo.engines.similarity.words import read_words


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
    for row in rows("synonyms.csv"):
        for spelling in spellings(row, "thing", "words"):
            if run := read_words(spelling).all:
                things.setdefault(run, set()).add(row["thing"])
    runs: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for run, names in things.items():
        runs.setdefault(run[0], []).append((run, frozenset(names)))
    return Synonyms({word: tuple(found) for word, found in runs.items()})
