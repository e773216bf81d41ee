"""Reads of what is due for somebody."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.accounts.models import Membership
from kyodo.core.deadlines import rules
from kyodo.core.deadlines.models import CalendarKey, Deadline
from kyodo.core.deadlines.permissions import WORKERS, Permission
from kyodo.core.entrances.queries import address_of
from kyodo.core.notifications.letter import Line
from kyodo.core.ui.dates import shown_full_day


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


ROW = tuple(DueRow.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """What a secret address shows: days in the language of its owner, with links to the entrance of their body."""

    rows: list[DueRow]
    language: str
    site: str


def of(actor: Actor) -> list[DueRow]:
    """Everything open that is due for the actor, the nearest first."""
    return _rows(_due_for(actor))


def soon(actor: Actor, *, today: date, days: int = 7) -> list[DueRow]:
    """What is late, or due within so many days."""
    return _rows(_due_for(actor).filter(due_on__lte=today + timedelta(days=days))[:20])


def of_body(organisation_id: int) -> list[DueRow]:
    """Everything open that is due for a body, whoever has it, the nearest first."""
    return _rows(Deadline.objects.filter(organisation_id=organisation_id, met_at=None))


def of_calendar(key: str) -> OwnCalendar | None:
    """What is due for the owner of a calendar's secret address; None for an address that is not one (any more).

    It is none once the owner has left the body for which it was made, like the pages that it stands for.
    """
    found = CalendarKey.objects.filter(digest=digest_of(key), user__is_active=True)
    own = found.select_related("user", "organisation__home_entrance").first()
    if own is None:
        return None
    held = Membership.objects.on(clock.today()).filter(user=own.user, organisation=own.organisation)
    roles = set(held.values_list("role", flat=True))
    if not roles:
        return None
    due = _whose(own.user_id, own.organisation_id, is_worker=not roles.isdisjoint(WORKERS))
    return OwnCalendar(_rows(due), own.user.language or "ja", address_of(own.organisation.home_entrance))


def has_calendar(user_id: int | None) -> bool:
    """True if the person has a calendar's secret address."""
    return CalendarKey.objects.filter(user_id=user_id or 0).exists()


def digest_of(key: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(key.encode()).hexdigest()


def reminders(day: date) -> dict[int, list[Line]]:
    """What the daily mail reminds each person of on `day`: what is their own, or of a body that they work for."""
    due = [row for row in _with_body(day) if rules.reminds(row[4], day)]
    members: dict[int, set[int]] = defaultdict(set)
    workers: dict[int, set[int]] = defaultdict(set)
    held = Membership.objects.on(day).filter(organisation_id__in={row[6] for row in due}, user__is_active=True)
    for organisation, user, role in held.values_list("organisation_id", "user_id", "role"):
        members[organisation].add(user)
        if role in WORKERS:
            workers[organisation].add(user)
    lines: dict[int, list[Line]] = defaultdict(list)
    for _id, what, about, address, due_on, owner, organisation in due:
        line = Line(partial(_told, what, about, due_on), address, about=about, due_on=due_on)
        for reader in {owner} if owner in members[organisation] else workers[organisation]:
            lines[reader].append(line)
    return dict(lines)


def _told(what: str, about: str, due_on: date) -> str:
    return gettext("{day}まで：{what}「{about}」").format(day=shown_full_day(due_on), what=gettext(what), about=about)


def _with_body(day: date) -> QuerySet[Deadline, tuple[int, str, str, str, date, int | None, int]]:
    near = Deadline.objects.filter(
        met_at=None, due_on__lte=day + timedelta(days=max(rules.BEFORE) + rules.LONGEST_CLOSURE)
    )
    return near.values_list("id", "what", "about", "address", "due_on", "user_id", "organisation_id")


def _due_for(actor: Actor) -> QuerySet[Deadline]:
    if actor.user_id is None or actor.organisation_id is None:
        return Deadline.objects.none()
    return _whose(actor.user_id, actor.organisation_id, is_worker=actor.may(Permission.OF_BODY))


def _whose(user_id: int, organisation_id: int, *, is_worker: bool) -> QuerySet[Deadline]:
    """What is due for somebody in a body: their own, and for those who do its work what has nobody there."""
    mine = Q(user_id=user_id)
    if is_worker:
        there = Membership.objects.on(clock.today()).filter(user__is_active=True, organisation_id=organisation_id)
        mine |= Q(~Exists(there.filter(user_id=OuterRef("user_id"))))
    return Deadline.objects.filter(mine, organisation_id=organisation_id, met_at=None)


def _rows(found: QuerySet[Deadline]) -> list[DueRow]:
    return [DueRow(*values) for values in found.values_list(*ROW)]
