"""The rows that come with the program: a readable table, taken over whenever it says something new.

A line that differs from what was taken over becomes a new row that follows the old one; what the region itself has
corrected stays as the region said.
"""

from __future__ import annotations

from typing import Any

from django.db import connections, transaction

from kyodo.core import clock
from kyodo.core.access.actor import command
from kyodo.core.audit import record
from kyodo.core.search import documents
from kyodo.core.statutes.actions import take_edition
from kyodo.core.statutes.edition import lines, put
from kyodo.core.statutes.models import Statute
from kyodo.core.statutes.rules.words import KIND


def load() -> int:
    """Take over what is new in the table; how many rows that were. One query where nothing is."""
    known = set(Statute.objects.exclude(edition="").order_by().values_list("key", "edition"))
    fresh = [line for line in lines() if (line.key, line.edition) not in known]
    if not fresh:
        return 0
    if record.head()[0]:
        take_edition(lines=fresh, by=command(), at=clock.now())
    else:
        # Nobody has worked here yet: the table itself tells what the first rows were.
        with transaction.atomic():
            put(fresh, at=clock.now())
    return len(fresh)


def after_migrate(*, using: str, **_facts: Any) -> None:
    """Called by Django after each migrate."""
    if Statute._meta.db_table in connections[using].introspection.table_names():
        load()


def prepare() -> None:
    """Before the first request: the table as this version has it, and every row to be found by the search."""
    load()
    missing = documents.without(KIND, Statute.objects.standing().order_by("id").values_list("id", flat=True))
    if missing:
        with transaction.atomic():
            for number in missing:
                documents.refresh(KIND, number)
