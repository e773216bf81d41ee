"""Keep a body's days, and the secret address of its calendar."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.faults import Changed, Fault, Faulty
from kyodo.core.field_calendar.models import BodyCalendar, BodyDay
from kyodo.core.field_calendar.queries import digest_of
from kyodo.core.field_calendar.rules import DayDraft, faults_of_day
from kyodo.core.organisations.models import Organisation
from kyodo.engines.words import _

KIND = "field_calendar.day"


class DayRefused(Faulty):
    """The day can't be taken."""


class DayChanged(Changed):
    """Somebody changed or removed the day since it was read."""


@action("field_calendar.day_added", _("{who}が年間の予定に {subject} を加えました。"))
def add_day(*, organisation: Organisation, draft: DayDraft, by: Actor, at: datetime) -> int:
    """Add a day of a body; with the first session of a fiscal year what was assumed of that year is gone."""
    _ask(draft)
    with _once():
        day = BodyDay.objects.create(organisation=organisation, **asdict(draft))
    _sign(day, organisation.name, changed={name: (None, _plain(value)) for name, value in asdict(draft).items()})
    return day.pk


@action("field_calendar.day_changed", _("{who}が年間の予定の {subject} を直しました。"))
def change_day(*, day: BodyDay, draft: DayDraft, revision: int, by: Actor, at: datetime) -> None:
    """Change a day, if nobody did since `revision` was read."""
    _ask(draft)
    before = {name: _plain(getattr(day, name)) for name in DayDraft.__dataclass_fields__}
    with _once():
        same = BodyDay.objects.filter(pk=day.pk, revision=revision)
        if not same.update(**asdict(draft), revision=F("revision") + 1):
            raise DayChanged
    after = {name: _plain(value) for name, value in asdict(draft).items()}
    changed = {name: (before[name], value) for name, value in after.items() if before[name] != value}
    _sign(day, day.organisation.name, changed=changed)


@action("field_calendar.day_removed", _("{who}が年間の予定から {subject} を消しました。"))
def remove_day(*, day: BodyDay, by: Actor, at: datetime) -> None:
    """Take a day away; the record keeps what it said."""
    if not BodyDay.objects.filter(pk=day.pk).delete()[0]:
        raise DayChanged
    changed = {name: (_plain(getattr(day, name)), None) for name in DayDraft.__dataclass_fields__}
    _sign(day, day.organisation.name, changed=changed)


@action("field_calendar.calendar_opened", _("{who}が {subject} のカレンダー用の秘密のアドレスを作りました。"))
def open_calendar(*, organisation: Organisation, by: Actor, at: datetime) -> str:
    """Make the secret part of the address of a body's calendar; an older one is no longer good. Shown once."""
    key = secrets.token_urlsafe(24)
    defaults = {"digest": digest_of(key), "made_at": at}
    BodyCalendar.objects.update_or_create(organisation=organisation, defaults=defaults)
    _sign_calendar(organisation)
    return key


@action("field_calendar.calendar_closed", _("{who}が {subject} のカレンダー用の秘密のアドレスを無効にしました。"))
def close_calendar(*, organisation: Organisation, by: Actor, at: datetime) -> None:
    """Take it back."""
    BodyCalendar.objects.filter(organisation=organisation).delete()
    _sign_calendar(organisation)


def _ask(draft: DayDraft) -> None:
    if faults := faults_of_day(draft):
        raise DayRefused(faults)


@contextmanager
def _once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as twice:
        raise DayRefused([Fault("fiscal_year", _("この年度の予算要求締切は、すでにあります。"))]) from twice


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _sign(day: BodyDay, body: str, *, changed: dict[str, tuple[Any, Any]]) -> None:
    record(kind=KIND, subject=day.pk, label=f"{body} {day.name}", organisation=day.organisation_id, changed=changed)


def _sign_calendar(organisation: Organisation) -> None:
    record(
        kind="organisations.organisation",
        subject=organisation.pk,
        label=organisation.name,
        organisation=organisation.pk,
    )
