"""Kinds of records. Each part of the house registers its own: how long by default, what is over, how it is erased."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Old:
    """One record whose time is over: its number, what people call it, and the day from which it was kept."""

    subject: int
    label: str
    since: date


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record. `name` and `from_when` are marked for translation; `years` is what the region may change.

    `over(before, most)` lists what ended before a day; `dispose(subjects, at)` erases the content of some of them,
    inside the action that approves. With `years` None the house clears it by itself: `from_when` says when.
    """

    kind: str
    name: str
    from_when: str
    years: int | None = None
    over: Callable[[date, int], Sequence[Old]] | None = None
    dispose: Callable[[Sequence[int], datetime], None] | None = None


KINDS: dict[str, RecordKind] = {}


def register(kind: RecordKind) -> None:
    """Take a kind over."""
    KINDS[kind.kind] = kind
