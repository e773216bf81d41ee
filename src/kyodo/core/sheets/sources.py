"""What a module registers for each of its sheets: where rows come from, what is right, and how changes are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kyodo.core.access.actor import Actor
from kyodo.core.sheets.compare import Change, ReadRow, Stand
from kyodo.core.sheets.declaration import Sheet, Value


@dataclass(frozen=True, slots=True)
class OutRow:
    """A row that goes out: its number, its revision, the values of all columns."""

    id: int
    revision: int
    values: Mapping[str, Value]


class RowsMoved(Exception):
    """Somebody changed rows between the preview and its confirmation: preview again."""


class SheetSource(Protocol):
    """A module's side of a sheet."""

    sheet: Sheet

    def may_use(self, actor: Actor) -> bool:
        """Whether the actor may send this sheet out and take it back."""
        ...

    def now(self, actor: Actor, ids: Sequence[int]) -> dict[int, Stand]:
        """Those of the rows to which the actor may write, as they stand."""
        ...

    def labels(self, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
        """How people call rows that the actor may see."""
        ...

    def check(self, values: Mapping[str, Value], is_new: bool, *, today: date) -> Sequence[tuple[str, str]]:
        """Pure: fields that are wrong, each with a message id."""
        ...

    def clashes(self, actor: Actor, new: Sequence[ReadRow]) -> Sequence[tuple[ReadRow, str, str]]:
        """New rows that can't stand beside what is there: the row, the field, a message id."""
        ...

    def write(self, *, changes: Sequence[Change], new: Sequence[ReadRow], by: Actor, at: datetime) -> list[int]:
        """Write all of it, inside the action that applies a return; the numbers of new rows.

        RowsMoved where a row has another revision than its change says: nothing is written then.
        """
        ...


_sources: dict[str, SheetSource] = {}


def register(source: SheetSource) -> None:
    """Take a module's sheet over; called in its `apps.py`."""
    if source.sheet.name in _sources and _sources[source.sheet.name] is not source:
        raise ValueError(f"two sheets are called {source.sheet.name}")
    _sources[source.sheet.name] = source


def usable_by(actor: Actor) -> list[str]:
    """The names of the sheets that the actor may send out and take back."""
    return [name for name, source in _sources.items() if source.may_use(actor)]


def find(name: str) -> SheetSource:
    """The source of a sheet's name; KeyError where no module has it (any more)."""
    return _sources[name]
