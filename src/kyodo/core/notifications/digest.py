"""Puts together and sends the mail of a slot (a day, a quarter of an hour): one to a person at most, whoever dies.

A mail is claimed (a unique row), sent, and marked. A worker that dies before the mark, or a line to the mail server
that breaks, leaves a claim that nobody repeats: not knowing whether the mail went out, we rather tell its notices again
in the next slot than twice in one. What the server surely did not take is free to be tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import override

from kyodo.core import clock
from kyodo.core.accounts.models import Membership, User
from kyodo.core.entrances.queries import address_of
from kyodo.core.notifications import letter as words
from kyodo.core.notifications import rules
from kyodo.core.notifications.hearing import About, those_who_may
from kyodo.core.notifications.letter import Letter, Line, Told
from kyodo.core.notifications.models import MailChoice, Mailing, Notice
from kyodo.core.notifications.queries import as_text
from kyodo.core.notifications.rules import Mail

__all__ = ["Line", "MailRefused", "Section", "register", "send_all"]


@dataclass(frozen=True, slots=True)
class Section:
    """What another part wants to be in the daily mail: a heading, and lines for those who have some."""

    heading: str
    lines: Callable[[date], dict[int, list[Line]]]


class MailRefused(Exception):
    """The mail server did not take some of the mails; all others are out."""


_sections: list[Section] = []


def register(section: Section) -> None:
    """Give the daily mail a section."""
    _sections.append(section)


def send_all(*, slot: str, mail: Mail, day: date, progress: Callable[[int, int], None] | None = None) -> int:
    """Send the mails of a slot to those who want it that way; how many went out.

    Raises MailRefused when all others are out, and what the mailer raises as soon as it can't be reached.
    """
    letters = _letters(mail, day)
    if not letters:
        return 0
    sent, refused = 0, 0
    with get_connection() as mailer:
        for number, (user_id, letter) in enumerate(letters.items(), start=1):
            try:
                sent += _send(user_id, letter, slot=slot, mailer=mailer)
            except (SMTPResponseException, SMTPRecipientsRefused, ValueError):
                refused += 1  # an address that is not one must not stand between the others and their mail
            if progress:
                progress(number, len(letters))
    if refused:
        raise MailRefused(f"{refused} of {len(letters)} mails were not taken")
    return sent


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
                    letters.setdefault(user, Letter()).sections.append((section.heading, lines))
    return letters


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
    may = those_who_may((user, about) for user, about, _told in rows)
    return [(user, told) for user, about, told in rows if (user, about) in may]


def _send(user_id: int, letter: Letter, *, slot: str, mailer: Any) -> int:
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    home = _home(user_id)
    if user is None or home is None:
        return 0
    name = home.organisation.name
    with override(user.language or "ja"):
        message = EmailMessage(
            words.subject(letter, organisation=name),
            words.body(
                letter, organisation=name, person=user.display_name, site=address_of(home.organisation.home_entrance)
            ),
            settings.DEFAULT_FROM_EMAIL,
            [user.email],
            connection=mailer,
        )
    try:
        with transaction.atomic():
            mailing = Mailing.objects.create(user=user, slot=slot, claimed_at=clock.now())
    except IntegrityError:
        return 0
    try:
        message.send()
    except (OSError, ValueError) as fault:
        if _surely_not_sent(fault):
            mailing.delete()
        raise
    at = clock.now()
    with transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(sent_at=at)
        Notice.objects.filter(pk__in=[told.id for told in letter.notices]).update(mailed_at=at)
    return 1


def _surely_not_sent(fault: Exception) -> bool:
    """True where the server said no, or was never reached; a line that broke may have carried the mail."""
    if isinstance(fault, SMTPServerDisconnected):
        return False
    return isinstance(fault, SMTPException | ConnectionRefusedError | ValueError)


def _home(user_id: int) -> Membership | None:
    """The membership through which the person works today, with the body's own entrance."""
    held = Membership.objects.on(clock.today()).filter(user_id=user_id).order_by("id")
    return held.select_related("organisation__home_entrance").first()
