"""`python -m tests.faults.mailer`: the worker of the quick queue on an open day, whatever day it is outside.

The daily mail goes out on working days only. The day alone is moved, by whole days, so that what measures silence and
pauses by the clock still does.
"""

from __future__ import annotations

from datetime import datetime

import django

django.setup()

from django.utils import timezone  # noqa: E402

from kyodo.core import clock  # noqa: E402
from kyodo.core.jobs.rules import Queue  # noqa: E402
from kyodo.core.jobs.worker import Worker  # noqa: E402
from kyodo.engines.calendar import last_business_day  # noqa: E402


def open_day() -> datetime:
    """This time of day, on the last day on which town halls were open: today, where they are."""
    now = timezone.now()
    today = timezone.localtime(now).date()
    return now + (last_business_day(today) - today)


def main() -> None:
    """Work until killed."""
    clock.now = open_day
    Worker(Queue.QUICK).run()


if __name__ == "__main__":
    main()
