"""What is due as a calendar file (RFC 5545): whole days, with the same identity each time it is fetched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext
from icalendar import Calendar, Event

from kyodo.core.deadlines.queries import DueRow
from kyodo.core.ui.dates import shown_closure


def calendar_of(rows: Iterable[DueRow], *, site: str, at: datetime) -> bytes:
    """The file in the current language, its links under the address `site`."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kyodo//deadlines//JA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", gettext("Kyodoの期限"))
    for row in rows:
        event = Event()
        event.add("uid", f"deadline-{row.id}@{settings.ALLOWED_HOSTS[0]}")
        event.add("dtstamp", at)
        event.add("dtstart", row.due_on)
        event.add("dtend", row.due_on + timedelta(days=1))
        event.add("summary", gettext("{what}「{about}」").format(what=gettext(row.what), about=row.about))
        if closure := shown_closure(row.due_on):
            event.add("description", closure)
        event.add("url", f"{site}{row.address}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
