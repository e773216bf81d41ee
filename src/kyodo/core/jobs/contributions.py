"""What jobs give to the first page: to the operator, whether background work failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from kyodo.core.access.doors import acting
from kyodo.core.home.panels import Panel, Place, register
from kyodo.core.jobs import queries
from kyodo.core.jobs.permissions import Permission
from kyodo.core.jobs.rules import State


def hand_over() -> None:
    """Put the panel on the first page."""
    register(Panel(Place.DESK, 50, "jobs/panel.html", failed))


def failed(request: HttpRequest) -> Mapping[str, Any] | None:
    """How many jobs failed, for whoever has them in care."""
    actor = acting(request)
    if not actor.may(Permission.OVERSEE):
        return None
    return {"count": queries.overseen(actor).filter(state=State.FAILED).count()}
