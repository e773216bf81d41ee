"""The API of the bodies' days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext
from ninja import Query, Router, Schema

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest
from kyodo.core.field_calendar import queries
from kyodo.core.field_calendar.permissions import Permission
from kyodo.core.field_calendar.rules import Kind
from kyodo.core.gate import Door
from kyodo.core.problems import Problem
from kyodo.engines.calendar import fiscal_year

router = Router(tags=["calendar"])
Year = Annotated[int | None, Query(ge=2000, le=2098)]


class DayOut(Schema):
    """A body's day. `is_estimate`: the body has not confirmed it. `fiscal_year`: for which a budget is asked."""

    organisation_id: int
    organisation: str
    code: str
    kind: Kind
    name: str
    first: date
    last: date
    bills_due_on: date | None
    fiscal_year: int | None
    is_estimate: bool


@router.get(
    "",
    response={200: list[DayOut], 401: Problem, 403: Problem, 422: Problem},
    auth=Door(Permission.READ),
    summary="Sessions and budget deadlines",
)
def list_days(request: ActorRequest, year: Year = None) -> Any:
    """The days of all municipalities in a fiscal year (this one where none is given)."""
    return [
        {
            "organisation_id": body.id,
            "organisation": body.name,
            "code": body.code,
            "kind": day.kind,
            "name": gettext(day.name) if day.is_estimate else day.name,
            "first": day.first,
            "last": day.last,
            "bills_due_on": day.bills_due_on,
            "fiscal_year": day.fiscal_year,
            "is_estimate": day.is_estimate,
        }
        for body in queries.year_of(year or fiscal_year(clock.today()))
        for day in body.days
    ]
