"""Whether needs have begun here: what the first day leads to."""

from __future__ import annotations

from kyodo.modules.needs.models import Need, NeedRoute
from kyodo.modules.needs.rules import SOLVED


def any_posted() -> bool:
    """True once a need was posted."""
    return Need.objects.exists()


def any_answered() -> bool:
    """True once a need has an answer, or is solved."""
    return NeedRoute.objects.exists() or Need.objects.filter(state__in=SOLVED).exists()
