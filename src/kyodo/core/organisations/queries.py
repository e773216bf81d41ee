"""Reads of organisations, as frozen rows."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo.core import clock
from kyodo.core.entrances.models import Entrance
from kyodo.core.organisations.models import MUNICIPAL, Kind, Organisation


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


@dataclass(frozen=True, slots=True)
class Home:
    """A body with the entrance by which its people come in; `group` is municipal, company or other."""

    id: int
    name: str
    group: str
    entrance_id: int | None
    entrance: str | None


def homes() -> list[Home]:
    """The bodies that exist today with their entrances."""
    rows = Organisation.objects.on(clock.today()).values_list(
        "id", "name", "kind", "home_entrance_id", "home_entrance__name"
    )
    return [
        Home(key, name, _group(Kind(kind)), entrance_id, entrance) for key, name, kind, entrance_id, entrance in rows
    ]


def _group(kind: Kind) -> str:
    if kind in MUNICIPAL:
        return "municipal"
    return "company" if kind is Kind.COMPANY else "other"


def entrances() -> list[tuple[int, str]]:
    """The entrances that a body may have."""
    return list(Entrance.objects.order_by("nature", "host").values_list("id", "name"))
