"""What the seeds of the demonstration share: acts at moments, office days, and who acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Role

SATURDAY = 5
BETWEEN_ACTS = timedelta(minutes=23)
LAST_HOUR = time(17, 0)


class People(Protocol):
    """Who acts in the region that is being seeded."""

    def officer(self, code: str, section: str) -> Actor:
        """Somebody of a section of a municipality."""

    def anybody(self, code: str) -> Actor:
        """The officer of a municipality whom its DX section has."""

    def person(self, code: str, section: str, role: Role) -> Actor:
        """Somebody with a role in a section of an organisation."""

    def coordinator(self) -> Actor:
        """Somebody of the DX body."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens at a moment."""

    at: datetime
    do: Callable[[], Any]


def office_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
