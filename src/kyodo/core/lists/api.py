"""A list as the API gives it: the same filters as the page, the newest first, by cursor, so that nothing is missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic

from django.db.models import QuerySet
from django.http import HttpRequest

from kyodo.core.lists.declaration import Listing, Row
from kyodo.core.lists.page import MakeRows

MOST = 100


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Some rows, and the cursor by which the next ones are asked for; None at the end."""

    rows: list[Row]
    next: int | None


def cursor_slice(
    listing: Listing[Row],
    rows: QuerySet[Any],
    *,
    fields: tuple[Any, ...],
    make: MakeRows[Row],
    request: HttpRequest,
    cursor: int | None,
    limit: int,
) -> Slice[Row]:
    """Up to `limit` rows older than `cursor` (a row's id), filtered as the page of this list would be. One query."""
    filters = listing.filters(request.GET, queryset=rows, request=request)
    found = filters.qs if filters.form.is_valid() else rows.none()
    if cursor is not None:
        found = found.filter(pk__lt=cursor)
    taken = list(found.order_by("-pk").values_list(*fields)[: limit + 1])
    made = make(taken[:limit])
    return Slice(made, taken[limit - 1][0] if len(taken) > limit else None)
