"""Who wants to hear of what. Filled when the program starts; needs no database, so `apps.py` may import it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any, TypeVar

Event = TypeVar("Event")
Handler = Callable[[Any], None]

_types: dict[str, type] = {}
_handlers: dict[str, dict[str, Handler]] = {}


class NobodyListens(Exception):
    """A queued event or its handler is not known here (any more)."""


def subscribe(event_type: type[Event], handler: Callable[[Event], None]) -> None:
    """Call `handler` with each event of that type, after the commit of what announced it.

    Handlers are functions of a module (they are found again by name), and idempotent.
    """
    params: Any = getattr(event_type, "__dataclass_params__", None)
    if not is_dataclass(event_type) or not params.frozen:
        raise TypeError(f"{name_of(event_type)} is no frozen dataclass")
    if "<" in name_of(handler):
        raise TypeError(f"{name_of(handler)} can't be found again by its name")
    _types[name_of(event_type)] = event_type
    _handlers.setdefault(name_of(event_type), {})[name_of(handler)] = handler


def name_of(thing: Any) -> str:
    """The name under which a type or function is found again."""
    return f"{thing.__module__}.{thing.__qualname__}"


def listeners(event_type: type) -> list[str]:
    """The names of the handlers that want events of this type."""
    return list(_handlers.get(name_of(event_type), {}))


def type_named(event_type: str) -> type:
    """The type of that name."""
    try:
        return _types[event_type]
    except KeyError as unknown:
        raise NobodyListens(event_type) from unknown


def handler_named(handler: str, *, event_type: str) -> Handler:
    """The handler of that name, among those of a type."""
    try:
        return _handlers[event_type][handler]
    except KeyError as unknown:
        raise NobodyListens(f"{handler} of {event_type}") from unknown
