"""A file store of its own for each test."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def store_folder(settings, tmp_path):
    """The data folder."""
    settings.DATA_DIR = tmp_path
