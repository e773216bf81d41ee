"""Texts and questions as the index has them: neighbouring characters, and words in their usual spelling.

Pairs of characters find a word inside a compound (予約 in 仮予約枠); usual spellings find 引越し for 引っ越し.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kyodo.engines.similarity.normalise import normalise
from kyodo.engines.similarity.words import phrases, read_words

MOST_TERMS = 8
LONGEST = 200  # characters of a question
PIECE = re.compile(r'-?"[^"]*"|[^\s"]+')
QUOTES = str.maketrans("“”„‟", '""""')


def grams(text: str) -> list[str]:
    """The pairs of neighbouring letters of a text, in order; a run's last letter stands alone behind its pairs."""
    found = []
    for run in _runs(text):
        found += [run[place : place + 2] for place in range(len(run))]
    return found


def words(text: str) -> list[str]:
    """The words of a text in their usual spelling, letters and digits only."""
    return [word for word in ("".join(filter(str.isalnum, word)) for word in read_words(text).all) if word]


def _runs(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in normalise(text)).split()


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked for: what was typed, its pairs of characters by run, its words (none: only as typed)."""

    text: str
    runs: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """All of `wanted` and none of `unwanted`."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.wanted)


def read(asked: str) -> Question:
    """Read what somebody typed: words, "exact phrases", -exclusions."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for piece in PIECE.findall(normalise(asked[:LONGEST].translate(QUOTES))):
        into = unwanted if piece.startswith("-") and len(piece) > 1 else wanted
        into += _terms(piece.removeprefix("-"))
    return Question(tuple(wanted[:MOST_TERMS]), tuple(unwanted[:MOST_TERMS]))


def _terms(piece: str) -> Iterator[Term]:
    if piece.startswith('"'):
        yield from _term(piece.strip('"'), is_exact=True)
        return
    for phrase in phrases(piece) or [piece]:
        yield from _term(phrase, is_exact=False)


def _term(text: str, *, is_exact: bool) -> Iterator[Term]:
    # A run's last letter alone would ask that the word ends there.
    runs = tuple(tuple(grams(run)[:-1]) or (run,) for run in _runs(text))
    if runs:
        yield Term(text, runs, () if is_exact else tuple(words(text)))
