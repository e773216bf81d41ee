"""The desk as a panel of the first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from kyodo.core import clock
from kyodo.core.access.doors import acting
from kyodo.core.desk import items


def waiting(request: HttpRequest) -> Mapping[str, Any] | None:
    """What waits for whoever asks; nothing where nothing does."""
    desk = items.of(acting(request))
    return {"desk": desk, "today": clock.today()} if desk.items else None
