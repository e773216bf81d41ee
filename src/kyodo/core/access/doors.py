"""Marks of doors. A page is marked with `@requires`; what has no mark is shut. The gate (`core/gate.py`) asks.

Django's views that others wrote can't be marked in their files; they are listed by name, each with its permission.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase

from kyodo.core.access.actor import Actor

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class ActorRequest(HttpRequest):
    """A request after the doors: somebody acts."""

    actor: Actor


def acting(request: HttpRequest) -> Actor:
    """Who acts in a request that has passed the doors."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


_others: dict[str, StrEnum] = {}


def requires(permission: StrEnum) -> Callable[[View], View]:
    """Mark a view with the permission that opens it; the middleware asks for it."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def open_others(doors: dict[str, StrEnum]) -> None:
    """Say which permission opens views that were written elsewhere, by the names of their addresses."""
    _others.update(doors)


def permission_of(view: Callable[..., Any], address: str | None) -> StrEnum | None:
    """What opens a view: its own mark, or the list by the name of its address; None for a view without a door."""
    own: StrEnum | None = getattr(view, "permission", None)
    return own or _others.get(address or "")
