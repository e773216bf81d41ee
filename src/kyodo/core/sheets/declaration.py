"""What a module says about a sheet: its columns, who reads it, what an example looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kyodo.core.ui.parts import Text

# What a cell holds once it is read: a day is written as 2026-04-01, so that all of it can be kept as JSON.
Value = str | int | None
Values = Mapping[str, Value]


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    CODE = "code"  # digits with a fixed length, whose leading zeros Excel takes away
    WHOLE = "whole"
    YEN = "yen"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column. `choices` maps values to words; `unit` may stand behind a number; `digits` is a code's length.

    What is not `editable` is locked; with `in_new` it is filled in for new rows, and stays as it is for the others.
    """

    key: str
    label: Text
    kind: Kind = Kind.TEXT
    required: bool = False
    editable: bool = True
    in_new: bool = False
    width: int = 14
    help: Text = ""
    unit: str = ""
    digits: int = 0
    choices: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. `identity` heads the first column, the row's number; an empty one makes a new row where `takes_new`."""

    name: str
    title: Text
    identity: Text
    columns: tuple[SheetColumn, ...]
    guidance: tuple[Text, ...]
    example: Mapping[str, Text]
    takes_new: bool = False

    @property
    def editable(self) -> tuple[SheetColumn, ...]:
        """The columns that people fill in."""
        return tuple(column for column in self.columns if column.editable)

    @property
    def of_new(self) -> tuple[SheetColumn, ...]:
        """The columns that people fill in for a new row."""
        return tuple(column for column in self.columns if column.editable or column.in_new)
