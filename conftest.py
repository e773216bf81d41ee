"""Fixtures that every test may ask for."""

from __future__ import annotations

import math

import pytest

from kyodo.core.entrances import queries as entrances
from kyodo.core.switches import modules as switches
from tests.region import Region, make_region

pytest_plugins = ("tests.faults.telling",)


@pytest.fixture(scope="session", autouse=True)
def _no_mail_leaves() -> None:
    """What a worker sends lands in `mailoutbox`, as Django arranges it for mail that is sent at once."""
    from django.conf import settings

    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def region(db: None) -> Region:
    """A small region: a village, a town, a ward, the DX body, an audit office."""
    return make_region()


@pytest.fixture(autouse=True)
def one_entrance(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without entrances, as each process keeps it; a test that makes some calls `forget`."""
    monkeypatch.setattr(entrances, "FRESH_S", math.inf)
    monkeypatch.setattr(entrances, "_kept", (0.0, {}))


@pytest.fixture(autouse=True)
def every_function_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """All modules are on, as each process keeps it for a while; a test that switches one calls `forget`."""
    monkeypatch.setattr(switches, "_off", (math.inf, frozenset()))
