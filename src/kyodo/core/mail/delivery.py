"""Sends what waits: a mail is claimed, handed to the mail server, and marked.

Where a worker dies or the line breaks between the server's yes and our mark, nobody knows whether the mail is out.
What is told again anyway (notices) is then not repeated: its news go into the next mail, and nobody gets two of a day.
All else is repeated, once, with the same Message-ID: a link for signing in that comes twice harms less than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from smtplib import (
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, QuerySet

from kyodo.core import clock
from kyodo.core.mail import rules, untold
from kyodo.core.mail.models import AddressTrouble, MailAttachment, OutgoingMail
from kyodo.core.mail.rules import PURPOSES, WAITING, Purpose, State, Trouble

LOST = (State.UNSURE, State.FAILED)


def deliver(advance: Callable[[int], None] | None = None) -> Counter[State]:
    """Send all mails that are due; how many came to stand in which state.

    Ends early, with all of them put off by five minutes, when the server can't be reached. `advance` is told the
    number after each, and may raise to end between two mails.
    """
    _recover(clock.now())
    ended: Counter[State] = Counter()
    mailer = get_connection(settings.MAIL_TRANSPORT)
    try:
        while (mail := _due(clock.now()).first()) is not None:
            try:
                _open(mailer)
            except OSError as fault:
                _put_off(str(fault), at=clock.now())
                break
            if _claim(mail):
                ended[_send(mail, mailer)] += 1
            if advance:
                advance(ended.total())
    finally:
        mailer.close()
    return ended


def _due(at: datetime) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(state__in=WAITING, next_try_at__lte=at).order_by("urgency", "next_try_at", "id")


def _open(mailer: Any) -> None:
    """A line that the server has not closed meanwhile: it may, after so many mails or seconds."""
    line = getattr(mailer, "connection", None)
    if line is not None:
        try:
            if line.noop()[0] == 250:
                return
        except OSError:
            pass
        mailer.close()
    mailer.open()


def _claim(mail: OutgoingMail) -> bool:
    """True if no other worker was faster."""
    waiting = OutgoingMail.objects.filter(pk=mail.pk, state=mail.state, token=mail.token)
    claimed = waiting.update(state=State.SENDING, state_since=clock.now(), attempts=F("attempts") + 1)
    mail.attempts += 1
    return bool(claimed)


def _send(mail: OutgoingMail, mailer: Any) -> State:
    try:
        mailer.send_messages([message_of(mail)])
    except (SMTPServerDisconnected, ConnectionError, TimeoutError) as fault:
        mailer.close()
        return _broken(mail, Trouble.BROKEN_LINE, str(fault))
    except SMTPRecipientsRefused as fault:
        code, said = next(iter(fault.recipients.values()), (0, b""))
        trouble = Trouble.NO_SUCH_ADDRESS if code >= 500 else Trouble.NOT_NOW
        return _settle(mail, trouble, f"{code} {_words(said)}")
    except SMTPSenderRefused as fault:
        # Our own sender is not welcome: a setting is wrong, and no address is to blame.
        return _settle(mail, Trouble.NOT_NOW, f"{fault.smtp_code} {_words(fault.smtp_error)}")
    except SMTPResponseException as fault:
        trouble = Trouble.REFUSED if fault.smtp_code >= 500 else Trouble.NOT_NOW
        return _settle(mail, trouble, f"{fault.smtp_code} {_words(fault.smtp_error)}")
    except SMTPException as fault:
        return _settle(mail, Trouble.REFUSED, str(fault))
    except OSError as fault:  # the folder into which mails are laid can't be written to
        return _settle(mail, Trouble.NOT_NOW, str(fault))
    except ValueError as fault:
        return _settle(mail, Trouble.NO_SUCH_ADDRESS, str(fault))
    return _settle(mail, None, "")


def message_of(mail: OutgoingMail) -> EmailMessage:
    """The mail as it travels."""
    sender = settings.DEFAULT_FROM_EMAIL
    host = sender.rpartition("@")[2].strip("<> ") or "localhost"
    message = EmailMessage(
        mail.subject, mail.text, sender, [mail.address], headers={"Message-ID": f"<{mail.token}@{host}>"}
    )
    for one in MailAttachment.objects.filter(mail=mail):
        message.attach(one.name, bytes(one.content), one.media_type)
    return message


def _settle(mail: OutgoingMail, trouble: Trouble | None, said: str) -> State:
    """Write what became of a mail that was claimed."""
    at = clock.now()
    card = PURPOSES[Purpose(mail.purpose)]
    change: dict[str, Any] = {"trouble": trouble or "", "said": said[:300], "state_since": at}
    match trouble:
        case None:
            change |= {"state": State.SENT, "sent_at": at} | ({"text": ""} if card.is_secret else {})
        case Trouble.NOT_NOW | Trouble.BROKEN_LINE | Trouble.WORKER_DIED if at < mail.give_up_at:
            pause = rules.pause_after(mail.attempts) if trouble is Trouble.NOT_NOW else rules.PAUSE_WHILE_UNREACHABLE
            change |= {"state": State.RETRYING, "next_try_at": at + pause}
        case Trouble.NOT_NOW | Trouble.BROKEN_LINE | Trouble.WORKER_DIED:
            change |= {"state": State.FAILED, "trouble": Trouble.GAVE_UP}
        case _:
            change |= {"state": State.FAILED}
    _write(mail, change, at=at)
    return State(change["state"])


def _broken(mail: OutgoingMail, trouble: Trouble, said: str) -> State:
    """Nobody knows whether it is out."""
    if not PURPOSES[Purpose(mail.purpose)].is_retold:
        return _settle(mail, trouble, said)
    at = clock.now()
    change = {"state": State.UNSURE, "trouble": trouble, "said": said[:300], "state_since": at}
    _write(mail, change, at=at)
    return State.UNSURE


def _write(mail: OutgoingMail, change: dict[str, Any], *, at: datetime) -> None:
    with transaction.atomic():
        if not OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING).update(**change):
            return  # it came back before we had marked it, or was given up for dead
        if change["trouble"] == Trouble.NO_SUCH_ADDRESS:
            block(mail, trouble=Trouble.NO_SUCH_ADDRESS, said=change["said"], at=at)
        if change["state"] in LOST and PURPOSES[Purpose(mail.purpose)].is_retold:
            untold.announce([mail.pk])


def block(mail: OutgoingMail, *, trouble: Trouble, said: str, at: datetime) -> None:
    """From now on nothing goes to the address of `mail`; to be called in the transaction that found it out."""
    AddressTrouble.objects.update_or_create(
        address=mail.address.lower(), defaults={"since": at, "trouble": trouble, "said": said[:300], "mail": mail}
    )


def _put_off(said: str, *, at: datetime) -> None:
    """The server can't be reached: none of those that are due is to blame, and all of them wait."""
    due = OutgoingMail.objects.filter(state__in=WAITING, next_try_at__lte=at)
    late = list(due.filter(give_up_at__lte=at).values_list("pk", "purpose"))
    with transaction.atomic():
        OutgoingMail.objects.filter(pk__in=[pk for pk, _purpose in late], state__in=WAITING).update(
            state=State.FAILED, state_since=at, trouble=Trouble.GAVE_UP, said=said[:300]
        )
        untold.announce([pk for pk, purpose in late if PURPOSES[Purpose(purpose)].is_retold])
    due.filter(give_up_at__gt=at).update(
        state=State.RETRYING,
        state_since=at,
        next_try_at=at + rules.PAUSE_WHILE_UNREACHABLE,
        attempts=F("attempts") + 1,
        trouble=Trouble.UNREACHABLE,
        said=said[:300],
    )


def _recover(at: datetime) -> None:
    """See to mails whose worker died while it sent them."""
    for mail in OutgoingMail.objects.filter(state=State.SENDING, state_since__lt=at - rules.CLAIM_IS_DEAD_AFTER):
        _broken(mail, Trouble.WORKER_DIED, "")


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
