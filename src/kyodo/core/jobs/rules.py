"""What a job may be in, how often it is tried, and when something that comes back is due. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from kyodo.engines.words import _

MAX_ATTEMPTS = 3
KEEP_JOBS = timedelta(days=30)
KEEP_QUEUE_ROWS = timedelta(days=7)
KEEP_OCCURRENCES = timedelta(days=60)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Queue(StrEnum):
    """A worker process each, so that nothing short waits behind something long."""

    QUICK = "quick"
    HEAVY = "heavy"


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATES: dict[State, str] = {
    State.WAITING: _("順番待ち"),
    State.RUNNING: _("実行中"),
    State.DONE: _("完了"),
    State.FAILED: _("失敗"),
    State.CANCELLED: _("中止"),
}
FINISHED = frozenset({State.DONE, State.FAILED, State.CANCELLED})

FAULT = _(
    "システムの中で予期しないことが起きたため、途中で止まりました。記録は管理者に届いています。もう一度お試しください。"
)
DIED = _("処理するプログラムが{attempts}回止まったため、あきらめました。運用管理者に知らせてください。")


def pause_after(attempt: int) -> timedelta:
    """How long to wait before the next attempt: 5 s, 30 s, 3 min, then a quarter of an hour each."""
    pauses = (5, 30, 180)
    return timedelta(seconds=pauses[attempt - 1] if attempt <= len(pauses) else 900)


def latest_of_every(minutes: int, *, at: datetime) -> datetime:
    """The latest moment not after `at` on the grid of so many minutes; the same for whoever asks."""
    step = timedelta(minutes=minutes)
    return EPOCH + (at - EPOCH) // step * step


def latest_of_daily(clock_time: time, *, at: datetime, zone: ZoneInfo) -> datetime:
    """The latest moment not after `at` when clocks in `zone` show `clock_time`."""
    here = at.astimezone(zone)
    due = datetime.combine(here.date(), clock_time, tzinfo=zone)
    if due > here:
        due = datetime.combine(here.date() - timedelta(days=1), clock_time, tzinfo=zone)
    return due.astimezone(UTC)
