"""The ladder of reminders: on which days before and after its end something due is called to mind. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from kyodo.engines.calendar import is_business_day, next_business_day

BEFORE = (7, 3, 1, 0)
AFTER = (1, 3)
WEEKLY = 7
LONGEST_CLOSURE = 14  # days in a row: ten in May 2019, nine at the turn of some years


def is_rung(due_on: date, day: date) -> bool:
    """True if a reminder falls on `day`: 7, 3 and 1 day before, on the day, 1 and 3 days after, then every week."""
    left = (due_on - day).days
    if left >= 0:
        return left in BEFORE
    return -left in AFTER or -left % WEEKLY == 0


def reminds(due_on: date, day: date) -> bool:
    """True if somebody is to be reminded in the mail of `day`; never on a day on which town halls are closed.

    The mail before a closure also carries what would fall into it: nobody reads it then, and after it it may be late.
    """
    if not is_business_day(day):
        return False
    until_next = (next_business_day(day) - day).days
    return any(is_rung(due_on, day + timedelta(days=step)) for step in range(until_next))
