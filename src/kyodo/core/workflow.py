"""Changes of state: only along the table, and of two people who change at once one wins and the other is told."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from django.db import models


class MoveRefused(Exception):
    """The table knows no way from the one state to the other."""

    def __init__(self, *, current: str, wanted: str) -> None:
        super().__init__(f"no way from {current} to {wanted}")
        self.current = current
        self.wanted = wanted


class Overtaken(Exception):
    """Somebody else has changed the row since it was read."""

    def __init__(self, *, current: str | None) -> None:
        super().__init__(f"the state is now {current}")
        self.current = current


class Staged(models.Model):
    """A row that goes through states; subclasses give `state` its choices."""

    state = models.CharField(max_length=20)
    state_since = models.DateTimeField()

    class Meta:
        abstract = True


def ask_way(row: Staged, *, to: str, table: Mapping[Any, AbstractSet[Any]]) -> None:
    """Refuse at once what the table has no way for: the other of two people who moved the row was faster."""
    if to not in table[row.state]:
        raise MoveRefused(current=row.state, wanted=to)


def move(row: Staged, *, to: str, table: Mapping[Any, AbstractSet[Any]], at: datetime) -> str:
    """Move `row` to another state, if the table has that way and nobody moved it since it was read.

    Returns the state it had. The condition is part of the UPDATE, so no lock is held while a person thinks.
    """
    before = row.state
    rows = type(row)._default_manager.filter(pk=row.pk)
    ask_way(row, to=to, table=table)
    if not rows.filter(state=before).update(state=to, state_since=at):
        raise Overtaken(current=rows.values_list("state", flat=True).first())
    row.state, row.state_since = to, at
    return before
