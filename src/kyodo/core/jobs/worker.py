"""The process that takes jobs from a queue, one after the other.

It looks with a plain read, which locks nothing, and takes a row with one conditional update: on SQLite a worker that
waits never stands in the way of somebody who writes.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from types import FrameType

from django.conf import settings
from django.db import Error, connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kyodo.core import clock
from kyodo.core.jobs import chores, pulse, registry, timetable, upkeep
from kyodo.core.jobs.progress import stop
from kyodo.core.jobs.rules import Queue

log = logging.getLogger(__name__)

LOOK_EVERY = {Queue.QUICK: 0.5, Queue.HEAVY: 1.0}  # seconds between two looks into an empty queue
ATTEND_EVERY = 5.0  # seconds between two looks for dead jobs and due occurrences


class Worker:
    """Works on one queue until it is asked to stop; a job that tells its progress is handed back then."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}"

    def run(self) -> None:
        """Work until a signal comes."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        registry.discover()
        beside = [threading.Thread(target=attend, args=(self.queue,), name="attendant", daemon=True)]
        if self.queue is Queue.QUICK:
            beside.append(threading.Thread(target=chores.keep_doing, name="chores", daemon=True))
        for thread in beside:
            thread.start()
        pause = LOOK_EVERY[self.queue]
        while not stop.asked:
            try:
                worked = self.work_once()
            except Error:
                # Away, or not migrated yet: come back later, on a new connection.
                log.warning("the database does not answer the worker", exc_info=True)
                connection.close()
                stop.wait(5)
                continue
            if not worked:
                stop.wait(pause)
        for thread in beside:
            thread.join(timeout=2)
        connection.close()

    def work_once(self) -> bool:
        """Take the next row and run its task; False if there is none."""
        waiting = DBTaskResult.objects.ready().filter(queue_name=self.queue)
        row = waiting.first()
        if row is None:
            return False
        taken = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, started_at=clock.now(), worker_ids=[*row.worker_ids, self.name]
        )
        if not taken:
            return True  # another worker was faster; look again
        try:
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        except Exception as fault:
            log.exception("row %s of the queue", row.pk)
            row.set_failed(fault)
        else:
            row.set_successful(None)
        return True

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        stop.ask()


def attend(queue: Queue) -> None:
    """Bring back dead jobs, keep the timetable and give a sign of life, beside whatever the worker is busy with."""
    last_beat = None
    try:
        while not stop.asked:
            try:
                at = clock.now()
                upkeep.revive(at)
                timetable.keep(at)
                if last_beat is None or at - last_beat >= pulse.BEAT_EVERY:
                    pulse.beat(queue, at)
                    last_beat = at
            except Exception:
                # Never lets the worker down: the next look may do better.
                log.warning("upkeep of jobs", exc_info=True)
                connection.close()
            stop.wait(min(ATTEND_EVERY, settings.JOB_DEAD_AFTER / 2))
    finally:
        connection.close()
