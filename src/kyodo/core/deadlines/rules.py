"""The ladder of reminders: on which days before and after its end something due is called to mind. Pure."""

from __future__ import annotations

from datetime import date, timedelta

BEFORE = (7, 3, 1, 0)
AFTER = (1, 3)
WEEKLY = 7
SATURDAY = 5
FRIDAY = 4


def is_rung(due_on: date, day: date) -> bool:
    """True if a reminder falls on `day`: 7, 3 and 1 day before, on the day, 1 and 3 days after, then every week."""
    left = (due_on - day).days
    if left >= 0:
        return left in BEFORE
    return -left in AFTER or -left % WEEKLY == 0


def reminds(due_on: date, day: date) -> bool:
    """True if somebody is to be reminded in the mail of `day`, a working day.

    Friday's mail also carries what would fall on the weekend: nobody reads it then, and on Monday it may be too late.
    """
    days = [day] if day.weekday() != FRIDAY else [day + timedelta(days=step) for step in range(3)]
    return any(is_rung(due_on, one) for one in days)
