"""The demonstration region."""

from __future__ import annotations


def ensure() -> None:
    """Make the demonstration region, where there is none yet."""
