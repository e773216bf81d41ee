"""Finds the spellings of a table in a text, however blanks, hyphens and long vowels are written.

モニター and モニタ, Wi-Fi and WiFi, 「デスクトップ PC」 and 「デスクトップPC」 are one; and a spelling must stand where
a word may end, so that 「モニターアーム」 holds no モニター and 「groups」 no UPS.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from kyodo.engines.similarity.normalise import normalise
from kyodo.engines.similarity.spans import Span, first_come

Meaning = TypeVar("Meaning")

SKIPPED = frozenset(" -・_ー")
SMALL = str.maketrans("ァィゥェォヵヶッャュョヴヂヅ", "アイウエオカケツヤユヨブジズ")
LATIN = re.compile(r"[a-z]")
DIGIT = re.compile(r"\d")
KATAKANA = re.compile(r"[ァ-ヺー]")
KANJI = re.compile(r"[一-鿿々]")
SHORT_KATAKANA = 3  # shorter spellings are no ending of a longer word: バス in キャンバス
SHORT_KANJI = 2  # 電気 in 電気工事


def plain(text: str) -> tuple[str, list[int]]:
    """The letters of a normalised text that tell one spelling from another, and where each stands."""
    kept = [(sign, place) for place, sign in enumerate(text) if sign not in SKIPPED]
    return "".join(sign for sign, _place in kept).translate(SMALL), [place for _sign, place in kept]


class Spellings(Generic[Meaning]):
    """What spellings mean; of two that overlap the longer one counts, then the first."""

    def __init__(self, rows: Iterable[tuple[str, Meaning]]) -> None:
        self._by_start: dict[str, list[tuple[str, str, Meaning]]] = defaultdict(list)
        for spelling, meaning in rows:
            letters, _places = plain(whole := normalise(spelling))
            self._by_start[letters[0]].append((letters, whole, meaning))
        for found in self._by_start.values():
            found.sort(key=lambda row: (-len(row[0]), row[1]))

    def found(self, text: str, *, inside: bool = False) -> list[Span[Meaning]]:
        """Where spellings stand in a normalised text, from left to right; with `inside` in the middle of words too."""
        letters, places = plain(text)
        hits, cut = [], []
        for start, end, whole, meaning in self._hits(letters):
            before, after = _ends_well(text, places[start], _end(text, places[end - 1]), whole)
            if (inside and len(whole) > 1) or (before and after):
                hits.append((start, end, meaning))
            elif before:
                cut.append((start, end, meaning))
        starts = {start for start, _end, _meaning in hits}  # シアン ends where トナー begins
        hits += [hit for hit in cut if hit[1] in starts]
        hits.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
        chosen = sorted(first_come(hits, len(letters)), key=lambda hit: hit[0])
        return [(places[start], _end(text, places[end - 1]), meaning) for start, end, meaning in chosen]

    def _hits(self, letters: str) -> Iterator[tuple[int, int, str, Meaning]]:
        for start, sign in enumerate(letters):
            for spelling, whole, meaning in self._by_start.get(sign, ()):
                if letters.startswith(spelling, start):
                    yield start, start + len(spelling), whole, meaning


def _end(text: str, last: int) -> int:
    """Where a word ends whose last telling letter is at `last`: behind its long vowel."""
    return last + 2 if text[last + 1 : last + 2] == "ー" else last + 1


def _ends_well(text: str, start: int, end: int, spelling: str) -> tuple[bool, bool]:
    """Whether a word may begin and end where a spelling stands."""
    before, after = text[start - 1 : start], text[end : end + 1]
    first = last = True
    for kind in (LATIN, DIGIT):
        first &= not (kind.match(spelling[0]) and kind.match(before))
        last &= not (kind.match(spelling[-1]) and kind.match(after))
    last &= not (KATAKANA.match(spelling[-1]) and KATAKANA.match(after))
    if len(spelling) < SHORT_KATAKANA:
        first &= not (KATAKANA.match(spelling[0]) and KATAKANA.match(before))
    if len(spelling) <= SHORT_KANJI and all(map(KANJI.match, spelling)):
        last &= not KANJI.match(after)
        first &= not (len(spelling) == 1 and KANJI.match(before))
    return first, last
