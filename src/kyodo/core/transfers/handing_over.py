"""What people have on their hands. Each part of the house registers its heap: how to find it, how to hand it on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

MOST = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on somebody's hands: what people call it, and its page."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Heap:
    """One kind of thing that people have on their hands. `name` is marked for translation.

    `find(user, organisation)` lists the open ones; `hand(user, successor, organisation, at)` gives all of them to the
    successor (None: to whoever works for the body), inside the action that applies a transfer.
    """

    kind: str
    name: str
    find: Callable[[int, int], list[Item]]
    hand: Callable[[int, int | None, int, datetime], None]


_heaps: dict[str, Heap] = {}


def register(heap: Heap) -> None:
    """Take a heap over."""
    _heaps[heap.kind] = heap


def held(user: int, organisation: int) -> list[tuple[Heap, list[Item]]]:
    """Everything somebody has on their hands in a body; heaps with nothing in them left out."""
    found = [(heap, heap.find(user, organisation)[:MOST]) for heap in _heaps.values()]
    return [(heap, items) for heap, items in found if items]


def hand(user: int, successor: int | None, *, organisation: int, at: datetime) -> list[dict[str, str]]:
    """Hand everything on; what it was, as it is kept with the line."""
    handed = [
        {"heap": heap.name, "label": item.label, "address": item.address}
        for heap, items in held(user, organisation)
        for item in items
    ]
    for heap in _heaps.values():
        heap.hand(user, successor, organisation, at)
    return handed
