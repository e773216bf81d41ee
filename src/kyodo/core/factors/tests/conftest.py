"""Passwords of tests are hashed quickly, and no limit of one test is left to the next."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    """A hash that takes microseconds, fresh limits."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
