"""What is due on the first page: late, and within a week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from kyodo.core import clock
from kyodo.core.access.doors import acting
from kyodo.core.deadlines import queries


def this_week(request: HttpRequest) -> Mapping[str, Any] | None:
    """The panel beside the desk; nothing where nothing is due."""
    today = clock.today()
    rows = queries.soon(acting(request), today=today)
    return {"rows": rows, "today": today} if rows else None
