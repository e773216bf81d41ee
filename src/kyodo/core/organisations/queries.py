"""Reads of organisations, as frozen rows."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo.core import clock
from kyodo.core.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation as lists and maps show it."""

    id: int
    code: str | None
    name: str
    label: str
    column: int | None
    row: int | None
    apart: bool


def municipalities() -> list[Body]:
    """The municipalities that exist today, in the order of their codes."""
    return [
        Body(*values)
        for values in Organisation.objects.on(clock.today())
        .municipal()
        .values_list("id", "code", "name", "label", "tile_column", "tile_row", "tile_apart")
    ]


def municipal_count() -> int:
    """How many municipalities the region has today."""
    return Organisation.objects.on(clock.today()).municipal().count()


def names() -> dict[int, str]:
    """The names of all organisations, also of those that are no more."""
    return dict(Organisation.objects.values_list("id", "name"))
