"""What is due on the first page: late, and within a week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from kyodo.core import clock
from kyodo.core.access.doors import acting
from kyodo.core.deadlines import queries
from kyodo.core.deadlines.models import Deadline
from kyodo.core.transfers.handing_over import Item


def this_week(request: HttpRequest) -> Mapping[str, Any] | None:
    """The panel beside the desk; nothing where nothing is due."""
    today = clock.today()
    rows = queries.soon(acting(request), today=today)
    return {"rows": rows, "today": today} if rows else None


def on_hands(user: int, organisation: int) -> list[Item]:
    """What is due of somebody in person, for a body."""
    found = Deadline.objects.filter(user_id=user, organisation_id=organisation, met_at=None)
    return [
        Item(f"{due_on.isoformat()} {about}", address)
        for due_on, about, address in found.values_list("due_on", "about", "address")
    ]


def hand_on(user: int, successor: int | None, organisation: int, at: datetime) -> None:
    """What was due of somebody is due of their successor, or of whoever works for the body."""
    Deadline.objects.filter(user_id=user, organisation_id=organisation, met_at=None).update(user_id=successor)


def of_a_body(organisation: int) -> int:
    """How many open deadlines a body has."""
    return Deadline.objects.filter(organisation_id=organisation, met_at=None).count()


def move_to(predecessor: int, successor: int, day: date, at: datetime) -> None:
    """What is due of a body that ends is due of its successor."""
    Deadline.objects.filter(organisation_id=predecessor, met_at=None).update(organisation_id=successor)
