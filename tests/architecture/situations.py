"""Situations: how each action comes to be run, in a small region. Collected here, written in files beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kyodo.core import clock
from tests.region import Region

Situation = Callable[[Region], Any]
SITUATIONS: dict[str, Situation] = {}


def situation(name: str) -> Callable[[Situation], Situation]:
    """Describe how an action comes to be run."""

    def keep(make: Situation) -> Situation:
        SITUATIONS[name] = make
        return make

    return keep


def acting(person: Any) -> dict[str, Any]:
    """Who acts, now."""
    return {"by": person.actor, "at": clock.now()}
