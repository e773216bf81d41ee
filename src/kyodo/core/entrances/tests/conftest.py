"""An installation with two entrances."""

from __future__ import annotations

from typing import Any

import pytest

from kyodo.core.entrances.models import Entrance
from tests.two_entrances import two_entrances


@pytest.fixture
def both(db: None, settings: Any, tmp_path: Any) -> dict[str, Entrance]:
    """Two entrances that let everybody in."""
    settings.DATA_DIR = tmp_path
    return two_entrances(settings)
