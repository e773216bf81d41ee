"""Announces an event: written in the transaction of the action, one quick job for each who listens."""

from __future__ import annotations

from typing import Any

from kyodo.core import clock
from kyodo.core.access import actor as actors
from kyodo.core.events import tasks
from kyodo.core.events.subscriptions import listeners, name_of
from kyodo.core.jobs.actions import start


def after_commit(event: Any) -> None:
    """Hand `event` to all who subscribed, once what the running action wrote is committed; nothing if it is not.

    A job a handler: one that fails is tried again and holds up no other. Nobody subscribed: nothing is written.
    """
    handlers = listeners(type(event))
    if not handlers:
        return
    values, at = tasks.packed(event), clock.now()
    for handler in handlers:
        start(
            tasks.deliver,
            by=actors.job("events.deliver"),
            at=at,
            event=name_of(type(event)),
            handler=handler,
            values=values,
        )
