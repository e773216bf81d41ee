"""A list as the API gives it: the same filters as the page, the newest first, by cursor, so that nothing is missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Generic

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query

from kyodo.core.lists.declaration import Listing, Row
from kyodo.core.lists.page import MakeRows

MOST = 100

# What a list is asked with: the row to go on from, how many rows, words of a filter.
Cursor = Annotated[int | None, Query(ge=1, le=2**62)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Words = Annotated[str, Query(max_length=100)]


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
