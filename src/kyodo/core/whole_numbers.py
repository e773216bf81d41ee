"""Whole numbers in what a browser sends beside its forms: keys of rows, pages, revisions. Pure."""

from __future__ import annotations

from collections.abc import Iterable

# The most digits of which each number fits a database's 64 bits.
DIGITS = 18


def whole_number(text: str, *, digits: int = DIGITS) -> int | None:
    """The number that a text is; None for anything else, so that no text can break a query or take long to read."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """The numbers among texts, each once, in the order in which they were sent."""
    return list(dict.fromkeys(number for text in texts if (number := whole_number(text)) is not None))
