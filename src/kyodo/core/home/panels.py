"""What modules put on the first page. Each hands over a template and what it shows; the page itself knows no module."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from kyodo.core.access.doors import ActorRequest


class Place(Enum):
    """Where a panel stands."""

    FRONT_MAP = "map"  # beside the headline of the public front
    FRONT = "front"  # below it
    DESK = "desk"  # on the home page of whoever is signed in
    DESK_ASIDE = "desk_aside"


@dataclass(frozen=True, slots=True)
class Panel:
    """A template with what it needs; `content` returns None where there is nothing to show this person."""

    place: Place
    order: int
    template: str
    content: Callable[[ActorRequest], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel as this request sees it."""

    template: str
    content: Mapping[str, Any]


_panels: list[Panel] = []
_left_out: list[Callable[[str], bool]] = []


def leave_out(rule: Callable[[str], bool]) -> None:
    """Leave out panels for whose template the rule says so."""
    _left_out.append(rule)


def register(panel: Panel) -> None:
    """Put a panel on the first page."""
    _panels.append(panel)
    _panels.sort(key=lambda one: one.order)


def shown(place: Place, request: ActorRequest) -> list[Shown]:
    """The panels of a place, in their order."""
    return [
        Shown(panel.template, content)
        for panel in _panels
        if panel.place is place
        and not any(rule(panel.template) for rule in _left_out)
        and (content := panel.content(request)) is not None
    ]
