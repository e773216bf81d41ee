"""The one reader of time. Everything else is told the time (`at=`), so a test, a demo or a replay can choose it."""

from __future__ import annotations

import time
from datetime import date, datetime

from django.utils import timezone


def monotonic() -> float:
    """Seconds that only ever grow, for how long something was kept; they say nothing of the time of day."""
    return time.monotonic()


def now() -> datetime:
    """This moment, in UTC."""
    return timezone.now()


def today() -> date:
    """This day, where the installation stands."""
    return timezone.localdate()


def day_of(moment: datetime) -> date:
    """The day of `moment`, where the installation stands."""
    return timezone.localtime(moment).date()
