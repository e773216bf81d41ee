"""What bodies have. Each part of the house registers how its rows go over from a body that ends to its successor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Estate:
    """One kind of thing that bodies have. `name` is marked for translation.

    `count(organisation)` says how many would go over; `move(predecessor, successor, day, at)` moves them, inside the
    action that applies the merger, and changes only what is open: what was done stays with who did it.
    """

    name: str
    count: Callable[[int], int]
    move: Callable[[int, int, date, datetime], None]


_estates: list[Estate] = []


def register(estate: Estate) -> None:
    """Take an estate over."""
    _estates.append(estate)


def counts(organisation: int) -> list[tuple[str, int]]:
    """What a body would leave, by kind."""
    found = [(estate.name, estate.count(organisation)) for estate in _estates]
    return [(name, number) for name, number in found if number]


def move(predecessor: int, successor: int, *, day: date, at: datetime) -> None:
    """Move everything."""
    for estate in _estates:
        estate.move(predecessor, successor, day, at)
