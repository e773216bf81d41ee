"""What the first day gives to the whole: a panel for the operator until it is over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from kyodo.core.access.doors import acting
from kyodo.core.first_day import steps
from kyodo.core.first_day.permissions import Permission


def unfinished(request: HttpRequest) -> Mapping[str, Any] | None:
    """How far the first day has come, for whoever leads it."""
    if not acting(request).may(Permission.LEAD):
        return None
    found = steps.steps()
    done = sum(step.is_done for step in found)
    return {"done": done, "all": len(found)} if done < len(found) else None
