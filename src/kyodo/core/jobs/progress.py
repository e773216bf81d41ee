"""What a running job holds: it tells how far it is, hears when it should end, and its heart beats meanwhile."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import Error, connection

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.jobs.models import Job

log = logging.getLogger(__name__)

WRITE_EVERY = 0.5  # seconds between two writes of progress


class Ended(BaseException):
    """The job is to end before its end. No Exception: a job that catches those must not swallow it."""


class Cancelled(Ended):
    """Somebody asked to cancel."""


class HandedBack(Ended):
    """The worker was asked to stop: the job goes back to the queue."""


class Superseded(Ended):
    """Somebody else has the job: this worker had been given up for dead."""


class Stop:
    """Whether this process was asked to stop. No lock in it: a signal handler may set it at any moment."""

    asked = False

    def ask(self) -> None:
        """From now on jobs are handed back."""
        self.asked = True

    def wait(self, seconds: float) -> None:
        """Wait so long, or until somebody asks."""
        until = time.monotonic() + seconds
        while not self.asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.25))


stop = Stop()


class Progress:
    """Handed to a job as its first parameter. `by` is who acts: the one who asked, with the rights of today."""

    def __init__(self, *, job_id: int, claim: UUID, by: Actor, attempt: int) -> None:
        self.by = by
        self.attempt = attempt
        self.lost = threading.Event()
        self._job_id = job_id
        self._claim = claim
        self._written = 0.0
        self._unwritten: dict[str, Any] = {}

    def advance(self, done: int, total: int | None = None, message: str = "", **facts: Any) -> None:
        """Tell how far the job is; raises Cancelled, HandedBack or Superseded when it is to end here.

        Cheap enough for an inner loop: it writes twice a second at most. `message` is a message id, filled in with
        `facts`. Inside a transaction nobody sees it until the commit, so call it between transactions.
        """
        self._unwritten = {"done": done, "total": total, "message": message, "message_facts": facts}
        if stop.asked:
            raise HandedBack
        if self.lost.is_set():
            raise Superseded
        if time.monotonic() - self._written >= WRITE_EVERY:
            self._write()

    def latest(self) -> dict[str, Any]:
        """What `advance` was told last and has not written yet."""
        return self._unwritten

    def _write(self) -> None:
        mine = Job.objects.filter(pk=self._job_id, claim=self._claim)
        if not mine.filter(cancel_requested_at=None).update(**self._unwritten):
            raise Cancelled if mine.exists() else Superseded
        self._unwritten = {}
        self._written = time.monotonic()


class Heart(threading.Thread):
    """Beats while the job runs, from a thread with a connection of its own: a job may compute or wait for minutes."""

    def __init__(self, progress: Progress, *, job_id: int, claim: UUID) -> None:
        super().__init__(name="heart", daemon=True)
        self._progress = progress
        self._job_id = job_id
        self._claim = claim
        self._end = threading.Event()

    def __enter__(self) -> Heart:
        self.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self._end.set()
        self.join(timeout=5)

    def run(self) -> None:
        """Beat until the job ends; the claim itself was the first beat."""
        try:
            while not self._end.wait(settings.JOB_DEAD_AFTER / 6):
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        try:
            if not Job.objects.filter(pk=self._job_id, claim=self._claim).update(heartbeat_at=clock.now()):
                self._progress.lost.set()
        except Error:
            log.warning("a heartbeat was missed", exc_info=True)
            connection.close()
