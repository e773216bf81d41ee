"""Drafts and their changes as the values of an entry: JSON, and of what changed only that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from kyodo.core import plain_number


def recorded(draft: Any) -> dict[str, Any]:
    """A draft (a dataclass) as JSON values, for the record."""
    return {name: plain(value) for name, value in asdict(draft).items()}


def plain(value: Any) -> Any:
    """A value as a JSON value: days and figures become text."""
    if isinstance(value, Decimal):
        return str(plain_number.plain(value))
    return value.isoformat() if isinstance(value, date) else value


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What changed, as the record has it: the fields of `after` that are not as before."""
    return {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}
