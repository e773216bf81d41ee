"""Tells whoever put something into a mail that it did not arrive, so that the next mail tells it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Untold = Callable[[Sequence[int]], None]
_hearers: list[Untold] = []


def register(hear: Untold) -> None:
    """Call `hear` with the numbers of mails whose content was not told, in the transaction that found it out."""
    _hearers.append(hear)


def announce(mails: Sequence[int]) -> None:
    """What is in these mails was not told, or nobody knows."""
    for hear in _hearers:
        hear(mails)
