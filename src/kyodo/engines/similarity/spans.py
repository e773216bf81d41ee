"""Parts of a text that mean something: which count where they overlap, and the text with others in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Meaning = TypeVar("Meaning")

Span = tuple[int, int, Meaning]


def first_come(spans: Iterable[Span[Meaning]], length: int) -> Iterator[Span[Meaning]]:
    """Those of which no sign belongs to one before."""
    taken = [False] * length
    for start, end, meaning in spans:
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            yield start, end, meaning


def replaced(text: str, spans: Iterable[Span[str]]) -> str:
    """The text with other words in the place of spans, which come from left to right."""
    pieces, last = [], 0
    for start, end, word in spans:
        pieces += [text[last:start], word]
        last = end
    return "".join([*pieces, text[last:]])


def blanked(text: str, spans: Iterable[Span[Meaning]]) -> str:
    """The text with blanks in the place of spans, in any order; places stay what they are."""
    for start, end, _meaning in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
