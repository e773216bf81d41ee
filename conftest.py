"""Fixtures that every test may ask for."""

from __future__ import annotations

import pytest

from tests.region import Region, make_region


@pytest.fixture(scope="session", autouse=True)
def _no_mail_leaves() -> None:
    """What a worker sends lands in `mailoutbox`, as Django arranges it for mail that is sent at once."""
    from django.conf import settings

    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def region(db: None) -> Region:
    """A small region: a village, a town, a ward, the DX body, an audit office."""
    return make_region()
