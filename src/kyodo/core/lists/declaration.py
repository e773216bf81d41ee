"""What a module says about a list: its columns, its filters, in what order it stands, what an empty one says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, TypeVar

import django_filters

from kyodo.core.ui.parts import Text

Row = TypeVar("Row")

Value = str | int | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: the value is what goes into a workbook; `shown` is what the page shows where that differs.

    `whole`: what stands in a cell is short, and is not broken over two lines.
    """

    key: str
    label: Text
    value: Callable[[Row], Value]
    shown: Callable[[Row], str] | None = None
    number: bool = False
    whole: bool = False
    sort: tuple[str, ...] = ()
    in_page: bool = True
    width: int = 14


@dataclass(frozen=True, slots=True)
class Empty:
    """What a list says when nothing is in it: a sentence, and the first thing to do."""

    sentence: Text
    button: Text = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A list of frozen rows.

    `columns` in order; `filters` narrows the query; `order` is the default order (field names as for `order_by`,
    ending with one that is unique).
    """

    name: str
    title: Text
    columns: tuple[Column[Row], ...]
    filters: type[django_filters.FilterSet]
    order: tuple[str, ...]
    empty: Empty
    page_size: int = 50
    # Where set, each row of the page has a box that belongs to the form "together" and is sent under this name.
    boxes: str = ""

    def chosen(self, name: str) -> Listing[Row]:
        """The same list, with rows (which have an `id`) to be chosen for something that is done with several."""
        return replace(self, boxes=name)

    def column(self, key: str) -> Column[Row] | None:
        """The column of a key."""
        return next((column for column in self.columns if column.key == key), None)


def words(value: Value) -> str:
    """A value as plain text."""
    return "" if value is None else str(value)
