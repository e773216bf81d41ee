"""Shows where in a text the words stand that somebody asked for, whatever width or case either was typed in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LENGTH = 120
BEFORE = 30
VOICED = "ﾞﾟ"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; marked if it was asked for."""

    text: str
    is_marked: bool = False


def marked(text: str, asked: Sequence[str]) -> tuple[Piece, ...]:
    """The whole text in pieces."""
    return tuple(_pieces(text, _places(text, asked)))


def excerpt(text: str, asked: Sequence[str]) -> tuple[Piece, ...]:
    """Some 120 characters around the first place, or the text's beginning where nothing stands as it was asked."""
    text = " ".join(text.split())
    first = next((start for start, _end in _places(text, asked)), 0)
    start = max(0, first - BEFORE)
    shown = text[start : start + LENGTH]
    pieces = marked(shown, asked)
    before = (Piece("…"),) if start else ()
    after = (Piece("…"),) if start + LENGTH < len(text) else ()
    return (*before, *pieces, *after)


def _pieces(text: str, places: list[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in places:
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], is_marked=True)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def _places(text: str, asked: Sequence[str]) -> list[tuple[int, int]]:
    """Where the asked words stand, in order and without overlaps."""
    folded, origin = _folded(text)
    taken = [False] * len(text)
    for word in asked:
        at = folded.find(word) if word else -1
        while at >= 0:
            for place in range(origin[at], origin[at + len(word)]):
                taken[place] = True
            at = folded.find(word, at + len(word))
    places: list[tuple[int, int]] = []
    for place, is_taken in enumerate(taken):
        if is_taken and places and places[-1][1] == place:
            places[-1] = (places[-1][0], place + 1)
        elif is_taken:
            places.append((place, place + 1))
    return places


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as words are compared, and for each of its characters where it stood."""
    same = text.casefold()
    if same == text.lower() and unicodedata.is_normalized("NFKC", same):
        return same, list(range(len(text) + 1))  # nothing but letters' case differs: the way of nearly every text
    folded, origin = [], []
    at = 0
    while at < len(text):
        end = at + 2 if text[at + 1 : at + 2] and text[at + 1] in VOICED else at + 1
        piece = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text[at:end]).casefold())
        folded.append(piece)
        origin += [at] * len(piece)
        at = end
    return "".join(folded), [*origin, len(text)]
