"""What `kyodo check` looks for in background work: whether each queue has a worker that is alive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kyodo.core import clock
from kyodo.core.checks.registry import Finding, fault, ok
from kyodo.core.jobs import pulse
from kyodo.core.jobs.rules import Queue
from kyodo.engines.words import _

NAME = _("処理係")
SILENT_AFTER = pulse.BEAT_EVERY * 4


def check() -> Iterator[Finding]:
    """When a worker of each queue was last seen."""
    now = clock.now()
    for queue in Queue:
        last = pulse.last_beat(queue)
        if last is None or now - last > SILENT_AFTER:
            yield fault(
                _("待ち行列 {queue} の処理係が動いていません。"),
                _("kyodo run か、kyodo worker --queue {queue} を始めてください。"),
                queue=queue.value,
            )
        else:
            ago = max(now - last, timedelta())
            yield ok(
                _("待ち行列 {queue} の処理係は{seconds}秒前に動いていました。"),
                queue=queue.value,
                seconds=round(ago.total_seconds()),
            )
