"""Fixtures that every test may ask for."""

from __future__ import annotations

import pytest

from tests.region import Region, make_region


@pytest.fixture
def region(db: None) -> Region:
    """A small region: a village, a town, a ward, the DX body, an audit office."""
    return make_region()
