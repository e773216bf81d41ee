"""The index of the database at hand."""

from __future__ import annotations

from types import ModuleType

from django.db import connection

from kyodo.core.search import postgresql, sqlite

INDEXES = {"sqlite": sqlite, "postgresql": postgresql}


def index() -> ModuleType:
    """The index that belongs to the database: `put`, `empty`, `hits`, `subjects`."""
    return INDEXES[connection.vendor]
