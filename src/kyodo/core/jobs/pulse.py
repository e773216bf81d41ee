"""Workers' signs of life, kept in the cache that all processes share: whether anybody works on a queue at all."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache

from kyodo.core.jobs.rules import Queue

BEAT_EVERY = timedelta(seconds=30)
KEPT_FOR = 24 * 60 * 60  # seconds


def beat(queue: Queue, at: datetime) -> None:
    """Say that a worker of the queue is alive."""
    cache.set(_key(queue), at, timeout=KEPT_FOR)


def last_beat(queue: Queue) -> datetime | None:
    """When a worker of the queue was last alive; None if that is longer ago than a day, or never was."""
    found: datetime | None = cache.get(_key(queue))
    return found


def _key(queue: Queue) -> str:
    return f"jobs.pulse.{queue.value}"
