"""Writes what a case has in an order of its own (items, requirements, questions). Inside an action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from kyodo.modules.procurement.actions.refusals import CaseChanged
from kyodo.modules.procurement.rules.case import free_numbers


def put_in_order(
    rows: QuerySet[Any],
    given: Sequence[tuple[int | None, Mapping[str, Any]]],
    *,
    owner: Mapping[str, Any],
    at: datetime,
) -> None:
    """Write the `rows` of an `owner` in the order in which they are given: by their id, or None for new ones.

    The others are withdrawn: what was said of them stays. CaseChanged for an id that is not (or no more) among them.
    """
    mine = rows.filter(**owner)
    standing = set(mine.filter(withdrawn_at=None).values_list("pk", flat=True))
    kept = {key for key, _values in given if key is not None}
    if kept - standing:
        raise CaseChanged
    mine.filter(pk__in=standing - kept).update(withdrawn_at=at)
    # A number is had by one row, so all move to numbers that are free, and back to the first ones the next time.
    numbers = free_numbers(set(mine.values_list("number", flat=True)), len(given))
    for number, (key, values) in zip(numbers, given, strict=True):
        if key is None:
            rows.create(**owner, **values, number=number)
        else:
            mine.filter(pk=key).update(**values, number=number)
