"""Reads of what is due for somebody."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from kyodo.core.access.actor import Actor
from kyodo.core.accounts.models import Membership
from kyodo.core.deadlines import rules
from kyodo.core.deadlines.models import CalendarKey, Deadline
from kyodo.core.notifications.digest import Line
from kyodo.core.ui.dates import shown_full_day

ROW = ("id", "what", "about", "address", "due_on", "user_id", "kind", "subject_id")


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something due, as pages and calendars show it. `what` is still to be translated."""

    id: int
    what: str
    about: str
    address: str
    due_on: date
    user_id: int | None
    kind: str
    subject_id: int


def of(actor: Actor) -> list[DueRow]:
    """Everything open that is due for the actor, the nearest first."""
    if actor.user_id is None:
        return []
    return _rows(_whose(actor.user_id, actor.organisation_id))


def soon(actor: Actor, *, today: date, days: int = 7) -> list[DueRow]:
    """What is late, or due within so many days."""
    if actor.user_id is None:
        return []
    near = _whose(actor.user_id, actor.organisation_id).filter(due_on__lte=today + timedelta(days=days))
    return _rows(near[:20])


def of_calendar(key: str) -> list[DueRow] | None:
    """What is due for the owner of a calendar's secret address; None for an address that is not one (any more)."""
    found = CalendarKey.objects.filter(digest=digest_of(key), user__is_active=True).first()
    return _rows(_whose(found.user_id, found.organisation_id)) if found else None


def has_calendar(user_id: int | None) -> bool:
    """True if the person has a calendar's secret address."""
    return CalendarKey.objects.filter(user_id=user_id or 0).exists()


def digest_of(key: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(key.encode()).hexdigest()


def reminders(day: date) -> dict[int, list[Line]]:
    """What the daily mail reminds each person of on `day`: what is their own, or of a body that they work for."""
    due = [row for row in _with_body(day) if rules.reminds(row[4], day)]
    workers: dict[int, list[int]] = defaultdict(list)
    bodies = {row[6] for row in due if row[5] is None}
    held = Membership.objects.on(day).filter(organisation_id__in=bodies)
    for organisation, user in held.order_by("user_id").values_list("organisation_id", "user_id").distinct():
        workers[organisation].append(user)
    lines: dict[int, list[Line]] = defaultdict(list)
    for _id, what, about, address, due_on, owner, organisation in due:
        line = Line(lambda what=what, about=about, on=due_on: _told(what, about, on), address)  # type: ignore[misc]
        for reader in [owner] if owner is not None else workers[organisation]:
            lines[reader].append(line)
    return dict(lines)


def _told(what: str, about: str, due_on: date) -> str:
    return gettext("{day}まで：{what}「{about}」").format(day=shown_full_day(due_on), what=gettext(what), about=about)


def _with_body(day: date) -> QuerySet[Deadline, tuple[int, str, str, str, date, int | None, int]]:
    near = Deadline.objects.filter(met_at=None, due_on__lte=day + timedelta(days=max(rules.BEFORE) + 2))
    return near.values_list("id", "what", "about", "address", "due_on", "user_id", "organisation_id")


def _whose(user_id: int, organisation_id: int | None) -> QuerySet[Deadline]:
    mine = Q(user_id=user_id) | Q(user_id=None, organisation_id=organisation_id or 0)
    return Deadline.objects.filter(mine, met_at=None)


def _rows(found: QuerySet[Deadline]) -> list[DueRow]:
    return [DueRow(*values) for values in found.values_list(*ROW)]
