"""`python -m tests.faults.mailer`: the worker of the quick queue on a Tuesday, whatever day it is outside.

The daily mail goes out on working days only. The day alone is moved, by whole days, so that what measures silence and
pauses by the clock still does.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from kyodo.core import clock  # noqa: E402
from kyodo.core.jobs.rules import Queue  # noqa: E402
from kyodo.core.jobs.worker import Worker  # noqa: E402

TUESDAY = 1


def tuesday() -> datetime:
    """This time of day, on the Tuesday of this week."""
    now = timezone.now()
    return now + timedelta(days=TUESDAY - timezone.localtime(now).weekday())


def main() -> None:
    """Work until killed."""
    clock.now = tuesday
    Worker(Queue.QUICK).run()


if __name__ == "__main__":
    main()
