"""A body's year as a calendar file (RFC 5545): its days, and what is due for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext
from icalendar import Calendar, Event

from kyodo.core.deadlines.queries import DueRow
from kyodo.core.field_calendar.queries import DayRow
from kyodo.core.ui.dates import shown_closure


def calendar_of(name: str, days: Iterable[DayRow], dues: Iterable[DueRow], *, site: str, at: datetime) -> bytes:
    """The file in the current language, its links under the address `site`."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kyodo//field calendar//JA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", gettext("{body}の予定").format(body=name))
    for day in days:
        told = gettext("{name}（見込み）").format(name=gettext(day.name)) if day.is_estimate else day.name
        key = day.id or f"{day.kind}-{day.organisation_id}-{day.first:%Y%m%d}"
        calendar.add_component(_event(f"body-day-{key}", told, day.first, day.last, at=at, url=f"{site}/calendar/"))
        if day.bills_due_on:
            bills = gettext("{name}の議案提出締切").format(name=day.name)
            calendar.add_component(
                _event(f"bills-{key}", bills, day.bills_due_on, day.bills_due_on, at=at, url=f"{site}/calendar/")
            )
    for due in dues:
        told = gettext("{what}「{about}」").format(what=gettext(due.what), about=due.about)
        url = f"{site}{due.address}"
        calendar.add_component(_event(f"deadline-{due.id}", told, due.due_on, due.due_on, at=at, url=url))
    return bytes(calendar.to_ical())


def _event(key: str, told: str, first: date, last: date, *, at: datetime, url: str) -> Event:
    event = Event()
    event.add("uid", f"{key}@{settings.ALLOWED_HOSTS[0]}")
    event.add("dtstamp", at)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", told)
    if first == last and (closure := shown_closure(first)):
        event.add("description", closure)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event
