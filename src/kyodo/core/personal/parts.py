"""Where data about people lie. Each part registers what it holds about somebody, and how it is taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One place. `hold(user)` gives rows of JSON values; `erase(user)` removes what may go, None where nothing may."""

    name: str
    hold: Callable[[int], list[dict[str, Any]]]
    erase: Callable[[int], None] | None = None


_parts: list[Part] = []


def register(part: Part) -> None:
    """Take a part over."""
    _parts.append(part)


def held(user: int) -> dict[str, list[dict[str, Any]]]:
    """Everything about somebody, by part."""
    return {part.name: part.hold(user) for part in _parts}


def erase(user: int) -> None:
    """Take away what may go."""
    for part in _parts:
        if part.erase is not None:
            part.erase(user)
