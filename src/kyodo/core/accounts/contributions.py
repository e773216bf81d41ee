"""What accounts give to the first page: to the operator, how many people there are to look after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from kyodo.core.access.doors import acting
from kyodo.core.accounts import queries
from kyodo.core.accounts.permissions import Permission
from kyodo.core.home.panels import Panel, Place, register


def hand_over() -> None:
    """Put the panel on the first page."""
    register(Panel(Place.DESK, 40, "accounts/panel.html", people))


def people(request: HttpRequest) -> Mapping[str, Any] | None:
    """How many accounts are in use, for whoever looks after them."""
    return {"count": queries.count_in_use()} if acting(request).may(Permission.USER_SEE) else None
