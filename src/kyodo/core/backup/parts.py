"""What packages say about their tables: which are made from others, and which name the files that are kept on disk.

Called in a package's `AppConfig.ready`. A package that says nothing has its tables carried whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Derived:
    """Tables that are made from others: not carried, filled by `rebuild` in the transaction of the restore."""

    name: str
    tables: frozenset[str]
    rebuild: Callable[[], None]


_derived: dict[str, Derived] = {}
_file_columns: set[tuple[str, str]] = set()


def register_derived(name: str, *, tables: frozenset[str] = frozenset(), rebuild: Callable[[], None]) -> None:
    """Say that `tables` (names in the database; also ones that no model knows) follow from what is carried.

    `rebuild` finds them empty, all carried rows in place, and a transaction open. It may make database objects too.
    """
    if name in _derived:
        raise ValueError(f"two derived parts are called {name}")
    _derived[name] = Derived(name, tables, rebuild)


def register_file_column(table: str, column: str) -> None:
    """Say that `column` of `table` holds the SHA-256 (64 hexadecimal digits) of files below DATA_DIR/files."""
    _file_columns.add((table, column))


def derived() -> list[Derived]:
    """What has to be made anew after a restore, in the order in which it was registered."""
    return list(_derived.values())


def file_columns() -> frozenset[tuple[str, str]]:
    """(table, column) of each column that names files."""
    return frozenset(_file_columns)
