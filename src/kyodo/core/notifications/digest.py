"""Puts together and sends the mail of a slot (a day, a quarter of an hour): one to a person at most, whoever dies.

A mail is claimed (a unique row), sent, and marked. A worker that dies before the mark leaves a claim that nobody
repeats: not knowing whether the mail went out, we rather tell its notices again in the next slot than twice in one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, ngettext, override

from kyodo.core import clock
from kyodo.core.accounts.models import Membership, User
from kyodo.core.notifications import rules
from kyodo.core.notifications.models import MailChoice, Mailing, Notice
from kyodo.core.notifications.queries import as_text
from kyodo.core.notifications.rules import Mail


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section: what, and the path of its page."""

    text: Callable[[], str]  # called in the reader's language
    address: str


@dataclass(frozen=True, slots=True)
class Section:
    """What another part wants to be in the daily mail: a heading, and lines for those who have some."""

    heading: str
    lines: Callable[[date], dict[int, list[Line]]]


@dataclass(slots=True)
class _Letter:
    """What goes to one person."""

    notices: list[tuple[int, str, dict[str, Any], dict[str, str], str]] = field(default_factory=list)
    sections: list[tuple[str, list[Line]]] = field(default_factory=list)


_sections: list[Section] = []


def register(section: Section) -> None:
    """Give the daily mail a section."""
    _sections.append(section)


def send_all(*, slot: str, mail: Mail, day: date, progress: Callable[[int, int], None] | None = None) -> int:
    """Send the mails of a slot to those who want it that way; how many went out."""
    letters = _letters(mail, day)
    sent = 0
    with get_connection() as mailer:
        for number, (user_id, letter) in enumerate(letters.items(), start=1):
            sent += _send(user_id, letter, slot=slot, mailer=mailer)
            if progress:
                progress(number, len(letters))
    return sent


def _letters(mail: Mail, day: date) -> dict[int, _Letter]:
    letters: dict[int, _Letter] = {}
    waiting = Notice.objects.filter(read_at=None, mailed_at=None).order_by("at", "id")
    for user, *told in waiting.values_list("user_id", "id", "sentence", "facts", "words", "address"):
        letters.setdefault(user, _Letter()).notices.append(tuple(told))
    if mail is Mail.DAILY:
        for section in _sections:
            for user, lines in section.lines(day).items():
                letters.setdefault(user, _Letter()).sections.append((section.heading, lines))
    choices = dict(MailChoice.objects.values_list("user_id", "mail"))
    return {user: letter for user, letter in letters.items() if choices.get(user, Mail.DAILY) == mail}


def _send(user_id: int, letter: _Letter, *, slot: str, mailer: Any) -> int:
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    home = _home(user_id)
    if user is None or home is None:
        return 0
    with override(user.language or "ja"):
        message = EmailMessage(
            _subject(home, letter),
            _body(user, home, letter),
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
    except (OSError, SMTPException):
        mailing.delete()  # it surely did not go out: the job is tried again
        raise
    at = clock.now()
    with transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(sent_at=at)
        Notice.objects.filter(pk__in=[notice[0] for notice in letter.notices]).update(mailed_at=at)
    return 1


def _home(user_id: int) -> Membership | None:
    """The membership through which the person works today, with the body's own entrance."""
    held = Membership.objects.on(clock.today()).filter(user_id=user_id).order_by("id")
    return held.select_related("organisation__home_entrance").first()


def _subject(home: Membership, letter: _Letter) -> str:
    told = []
    due = sum(len(lines) for _heading, lines in letter.sections)
    if due:
        told.append(ngettext("期限 %(n)d件", "期限 %(n)d件", due) % {"n": due})
    if letter.notices:
        count = len(letter.notices)
        told.append(ngettext("お知らせ %(n)d件", "お知らせ %(n)d件", count) % {"n": count})
    return f"【Kyodo】{home.organisation.name} {gettext('・').join(told)}"


def _body(user: User, home: Membership, letter: _Letter) -> str:
    site = _site(home)
    lines = [gettext("{name} 様").format(name=f"{home.organisation.name} {user.display_name}"), ""]
    for heading, section in letter.sections:
        lines += _block(gettext(heading), ((line.text(), line.address) for line in section), site=site)
    told = ((as_text(*notice[1:4]), notice[4]) for notice in letter.notices)
    lines += _block(gettext("お知らせ"), told, site=site) if letter.notices else []
    lines += [
        gettext("メールの受け取り方を変える・すべての通知を見る："),
        f"{site}/notifications/",
        "",
        gettext("このメールは送信専用です。返事は、それぞれのページに書いてください。"),
    ]
    return "\n".join(lines)


def _block(heading: str, told: Iterable[tuple[str, str]], *, site: str) -> list[str]:
    lines, size = [f"■ {heading}", ""], 0
    items = list(told)
    for number, (text, address) in enumerate(items):
        size += len(text.encode())
        if number >= rules.MOST_LINES or size > rules.LONGEST_MAIL // 3:
            rest = len(items) - number
            lines += [ngettext("ほかに %(n)d件あります。", "ほかに %(n)d件あります。", rest) % {"n": rest}, ""]
            break
        lines += [f"・{text}", f"  {site}{address}", ""]
    return lines


def _site(home: Membership) -> str:
    """The address of the body's own entrance: who sits in the closed network can't follow a link out of it."""
    entrance = home.organisation.home_entrance
    if entrance is None:
        return settings.ADDRESS
    return f"{'https' if settings.BEHIND_TLS else 'http'}://{entrance.host}"
