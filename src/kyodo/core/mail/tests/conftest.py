"""A mail server, and a clock that tests move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kyodo.core import clock
from kyodo.core.mail.tests.post_office import PostOffice, lead_to


class Clock:
    """Shows what a test wants."""

    def __init__(self) -> None:
        self.shown = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.shown

    def on(self, **step: float) -> None:
        self.shown += timedelta(**step)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands until it is moved."""
    shown = Clock()
    monkeypatch.setattr(clock, "now", shown.now)
    return shown


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    """A mail server that is there."""
    server = PostOffice()
    lead_to(settings, server)
    yield server
    server.close()
