"""The API of rows of law."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils.translation import gettext
from ninja import Router, Schema

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest
from kyodo.core.gate import Door
from kyodo.core.lists.api import Cursor, Limit, Words, cursor_slice
from kyodo.core.problems import Problem
from kyodo.core.statutes import lists, queries, shown
from kyodo.core.statutes.permissions import Permission
from kyodo.core.statutes.rules import BodyClass, Level, Row, Sure, Unit

router = Router(tags=["statutes"])


class StatuteOut(Schema):
    """A dated row. `sure`: X text seen, X13 seen as of December 2013, S second hand, M to be confirmed."""

    id: int
    rule: str
    kind: str
    title: str
    level: Level
    body_class: BodyClass | None
    organisation_id: int | None
    value: Decimal | None
    unit: Unit
    valid_from: date | None
    valid_until: date | None
    law: str
    article: str
    number: str
    enacted_on: date | None
    sure: Sure
    source: str
    checked_on: date | None
    text: str


class StatuteList(Schema):
    """Some rows, and the cursor of the next ones."""

    items: list[StatuteOut]
    next: int | None


class HoldingOut(Schema):
    """What holds of a rule for a body on a day: the row that decides, why, and all rows that hold."""

    rule: str
    kind: str
    row: StatuteOut | None
    why: str
    rows: list[StatuteOut]


@router.get(
    "",
    response={200: StatuteList, 401: Problem, 403: Problem, 422: Problem},
    auth=Door(Permission.READ),
    summary="Rows of law and ordinances",
)
def list_statutes(
    request: ActorRequest,
    cursor: Cursor = None,
    limit: Limit = 50,
    rule: Words = "",
    level: Level | None = None,
    body_class: BodyClass | None = None,
    on: date | None = None,
    sure: Sure | None = None,
    q: Words = "",
) -> Any:
    """Standing rows, the newest first. `next` of the answer is the `cursor` of the next call."""
    found = cursor_slice(
        lists.ROWS,
        queries.visible_to(request.actor).standing(),
        fields=queries.LISTED,
        make=queries.listed,
        request=request,
        cursor=cursor,
        limit=limit,
    )
    return {"items": [_out(one.row) for one in found.rows], "next": found.next}


@router.get(
    "/bodies/{int:organisation_id}",
    response={200: list[HoldingOut], 401: Problem, 403: Problem, 404: Problem, 422: Problem},
    auth=Door(Permission.READ),
    summary="What holds for a body on a day",
)
def statutes_of_body(request: ActorRequest, organisation_id: int, on: date | None = None) -> Any:
    """Every rule that concerns a body on a day (today where none is given)."""
    if queries.body(organisation_id) is None:
        raise Http404
    book = queries.books_of([organisation_id])[organisation_id]
    return [
        {
            "rule": one.rule,
            "kind": one.kind,
            "row": _out(one.row) if one.row else None,
            "why": gettext(one.why),
            "rows": [_out(row) for row in one.rows],
        }
        for one in book.holding(on or clock.today())
    ]


def _out(row: Row) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in Row.__dataclass_fields__}
    return {**told, "title": shown.title_of(row.rule, row.kind)}
