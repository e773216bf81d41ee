"""What the tests with real processes run in them: `python -m tests.workers.processes WHAT …`."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from kyodo.core import clock  # noqa: E402
from kyodo.core.access import actor as actors  # noqa: E402
from kyodo.core.jobs import timetable  # noqa: E402
from kyodo.core.jobs.actions import start  # noqa: E402
from kyodo.core.jobs.models import Job  # noqa: E402
from kyodo.core.jobs.rules import Queue  # noqa: E402
from kyodo.core.jobs.tests import sample_jobs  # noqa: E402
from kyodo.core.jobs.worker import Worker  # noqa: E402
from tests.workers import sample_event  # noqa: E402


def prepare() -> None:
    """Make the tables."""
    call_command("migrate", verbosity=0)
    _answer(True)


def work(queue: str) -> None:
    """Be a worker that knows the jobs of the tests."""
    sample_event.listen()
    Worker(Queue(queue)).run()


def count(steps: str, pause: str) -> None:
    """Start a job that counts."""
    start(sample_jobs.count, by=actors.command(), at=clock.now(), steps=int(steps), pause=float(pause))
    _answer(True)


def announce(folder: str) -> None:
    """Announce an event whose handler dies the first time."""
    from kyodo.core.events.delivery import after_commit

    sample_event.listen()
    with transaction.atomic():
        after_commit(sample_event.Happened(number=7, day=clock.today(), folder=folder))
    _answer(True)


def look_at_once(lookers: str) -> None:
    """Many look into the timetable at the same moment; how many started the one occurrence."""
    timetable.TIMETABLE.clear()
    timetable.every("tests.often", sample_jobs.count, minutes=10, steps=1)
    at, started = clock.now(), []
    _together(int(lookers), lambda: started.extend(timetable.keep(at)))
    _answer({"started": len(started), "jobs": Job.objects.count()})


def write_at_once(writers: str, times: str) -> None:
    """Many start jobs at once while workers look and work; faults, and the longest wait of anybody."""
    faults: list[str] = []
    waits: list[float] = []

    def write() -> None:
        for _time in range(int(times)):
            began = time.monotonic()
            try:
                with transaction.atomic():
                    start(sample_jobs.count, by=actors.command(), at=clock.now(), steps=1)
            except Exception as fault:
                faults.append(repr(fault))
            waits.append(time.monotonic() - began)

    began = time.monotonic()
    _together(int(writers), write)
    _answer({"faults": faults, "longest": max(waits), "rate": len(waits) / (time.monotonic() - began)})


def _together(number: int, act: Callable[[], None]) -> None:
    gate = threading.Barrier(number)

    def run() -> None:
        connection.ensure_connection()
        gate.wait()
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _answer(value: object) -> None:
    sys.stdout.write(json.dumps(value))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
