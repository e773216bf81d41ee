"""A file store of its own for each test, and nobody told of what happened before it."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from kyodo.core.files import store
from kyodo.core.files.store import Kept


@pytest.fixture(autouse=True)
def store_folder(settings, tmp_path):
    """The data folder."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def kept() -> Kept:
    """A file that somebody handed in."""
    return store.keep(ContentFile("混雑表".encode(), name="混雑表.txt"))
