"""What modules put on the desk. Each registers a source; the desk shows all of them, late and soonest due first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kyodo.core.access.actor import Actor

MOST = 30


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One thing that waits: what is to be done (translated), about what (as people wrote it), where and how long."""

    what: str
    about: str
    url: str
    button: str
    minutes: int
    due_on: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """The items of one person, and how many there are beyond those shown."""

    items: tuple[DeskItem, ...]
    more: int


Source = Callable[[Actor], list[DeskItem]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Give the desk a source."""
    _sources.append(source)


def of(actor: Actor) -> Desk:
    """Everything that waits for the actor: what has a day first, the nearest first; then what waits longest."""
    found = [item for source in _sources for item in source(actor)]
    found.sort(key=lambda item: (item.due_on or date.max, item.since or date.max))
    return Desk(tuple(found[:MOST]), max(0, len(found) - MOST))
