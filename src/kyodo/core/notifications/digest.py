"""Puts the mails of a slot (a day, a quarter of an hour) together: one to a person at most, whoever dies.

A mail is queued (core/mail) in one transaction with the mark on the notices that are in it. Where it does not arrive,
or nobody knows, its notices are free again and come with the next one. What still waits when the next slot comes (the
mail server was away) is taken back first: who missed three mornings gets one mail, not three.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override

from kyodo.core import clock
from kyodo.core.mail.queries import blocked
from kyodo.core.mail.queue import queue, wake
from kyodo.core.mail.readers import Reader, reader
from kyodo.core.mail.rules import Purpose
from kyodo.core.mail.withdrawal import withdraw
from kyodo.core.notifications import letter as words
from kyodo.core.notifications import rules
from kyodo.core.notifications.hearing import About, those_who_may
from kyodo.core.notifications.letter import Letter, Line, Told
from kyodo.core.notifications.models import MailChoice, Notice
from kyodo.core.notifications.queries import as_text
from kyodo.core.notifications.rules import Mail

__all__ = ["Line", "Section", "queue_all", "register"]

PURPOSES = {Mail.DAILY: Purpose.DAILY, Mail.SOON: Purpose.SOON}


@dataclass(frozen=True, slots=True)
class Section:
    """What another part wants to be in the daily mail: a heading, and lines for those who have some."""

    heading: str
    lines: Callable[[date], dict[int, list[Line]]]


_sections: list[Section] = []


def register(section: Section) -> None:
    """Give the daily mail a section."""
    _sections.append(section)


def queue_all(*, slot: str, mail: Mail, day: date, progress: Callable[[int, int], None] | None = None) -> int:
    """Queue the mails of a slot for those who want it that way; how many are new."""
    purpose = PURPOSES[mail]
    withdraw(purpose=purpose, except_keys=f"{purpose}/{slot}/", at=clock.now())
    letters, shut = _letters(mail, day), blocked()
    queued = 0
    for number, (user_id, letter) in enumerate(letters.items(), start=1):
        person = reader(user_id)
        if person and person.address and person.organisation_id and person.address.lower() not in shut:
            queued += _queue(person, letter, purpose=purpose, slot=slot)
        if progress:
            progress(number, len(letters))
    wake(clock.now())
    return queued


def _letters(mail: Mail, day: date) -> dict[int, Letter]:
    letters: dict[int, Letter] = {}
    choices = dict(MailChoice.objects.values_list("user_id", "mail"))
    for user, told in _waiting():
        if choices.get(user, Mail.DAILY) == mail:
            letters.setdefault(user, Letter()).notices.append(told)
    if mail is Mail.DAILY:
        # What is due comes once a day also to those who hear of all else at once.
        for section in _sections:
            for user, lines in section.lines(day).items():
                if choices.get(user) != Mail.NEVER:
                    letters.setdefault(user, Letter()).sections.append((section.heading, _nearest_first(lines)))
    for letter in letters.values():
        letter.sections.sort(key=lambda section: _due(section[1][0]))
    return letters


def _nearest_first(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=_due)


def _due(line: Line) -> date:
    """When it is due; what is due on no day comes last."""
    return line.due_on or date.max


def _waiting() -> list[tuple[int, Told]]:
    """The notices that were neither read nor mailed, of those who may still hear of it."""
    since = clock.now() - timedelta(days=rules.NEWS_DAYS)
    found: QuerySet[Notice] = Notice.objects.filter(read_at=None, mailed_at=None, at__gte=since)
    fields = ("id", "user_id", "kind", "subject_id", "is_internal", "sentence", "facts", "words", "address")
    rows = [
        (user, About(kind, subject, is_internal), Told(number, partial(as_text, sentence, facts, ours), address))
        for number, user, kind, subject, is_internal, sentence, facts, ours, address in found.exclude(
            user__mail_choice__mail=Mail.NEVER
        )
        .order_by("at", "id")
        .values_list(*fields)
    ]
    may = those_who_may(((user, about) for user, about, _told in rows), by_mail=True)
    return [(user, told) for user, about, told in rows if (user, about) in may]


def _queue(person: Reader, letter: Letter, *, purpose: Purpose, slot: str) -> int:
    with override(person.language):
        subject = words.subject(letter, organisation=person.organisation)
        text = words.body(letter, organisation=person.organisation, person=person.name, site=person.site)
    at = clock.now()
    with transaction.atomic():
        number = queue(
            address=person.address,
            purpose=purpose,
            subject=subject,
            text=text,
            user_id=person.user_id,
            key=f"{purpose}/{slot}/{person.user_id}",
            at=at,
        )
        if number is None:
            return 0
        told = [notice.id for notice in letter.notices]
        Notice.objects.filter(pk__in=told).update(mailed_at=at, mail=number)
    return 1


def tell_again(mails: Sequence[int]) -> None:
    """What was in these mails did not arrive: the next mail tells it, unless it was read on the page meanwhile."""
    Notice.objects.filter(mail__in=mails, read_at=None).update(mailed_at=None, mail=None)
