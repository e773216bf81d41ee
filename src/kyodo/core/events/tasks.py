"""The job that hands one event to one handler."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from kyodo.core.events.subscriptions import handler_named, name_of, type_named
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import job
from kyodo.engines.words import _

TRIES = 5


@lru_cache(maxsize=256)
def _form(event_type: str) -> TypeAdapter[Any]:
    return TypeAdapter(type_named(event_type))


def packed(event: Any) -> dict[str, Any]:
    """The event as JSON values: days, moments, amounts of money and states become text."""
    values: dict[str, Any] = _form(name_of(type(event))).dump_python(event, mode="json")
    return values


@job("events.deliver", title=_("ほかの機能への連絡"), tries=TRIES)
def deliver(progress: Progress, *, event: str, handler: str, values: dict[str, Any]) -> None:
    """Hand the event over."""
    handle = handler_named(handler, event_type=event)
    handle(_form(event).validate_python(values))
