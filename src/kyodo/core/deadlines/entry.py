"""What people are told when they choose a day: on one that is off nobody is there. A warning, never a refusal."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest

from kyodo.core.ui.dates import shown_closure


def warn_of_closure(request: HttpRequest, day: date | None) -> None:
    """Say on the next page that `day` is a day off, and which open day lies before it; nothing for an open day."""
    if closure := shown_closure(day):
        messages.warning(request, closure)
