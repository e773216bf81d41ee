"""The one way by which a mail leaves: a row beside what asked for it, and a worker that sends it after the commit.

What the rules of a mail are is asked here, whoever wrote it: plain text, its size, the form of its subject, the name
of the person where a mailbox is shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, override

from kyodo.core.access import actor as actors
from kyodo.core.jobs.actions import start
from kyodo.core.jobs.queries import is_waiting
from kyodo.core.mail import rules, tasks
from kyodo.core.mail.models import AddressTrouble, MailAttachment, OutgoingMail
from kyodo.core.mail.readers import Reader, is_shared, reader
from kyodo.core.mail.rules import PURPOSES, Purpose, State, Trouble


class MailRefused(ValueError):
    """Something can't go out as a mail; the text says why, to whoever wrote the program."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file to go out with a mail."""

    name: str
    media_type: str
    content: bytes


def queue(
    *,
    address: str,
    purpose: Purpose,
    subject: str,
    text: str,
    at: datetime,
    user_id: int | None = None,
    attachments: Sequence[Attached] = (),
    key: str | None = None,
) -> int | None:
    """Queue a mail and return its number; None where a mail of the same `key` was queued before.

    Durable with the caller's transaction. `user_id` is the person for whom it is, where there is one. Raises
    MailRefused for what no mail may be. To an address in trouble nothing is sent: the mail is kept as failed.
    """
    person = reader(user_id) if user_id is not None else None
    subject = rules.subject_for(subject, organisation=person.organisation if person else "")
    text = _named(text, person, address)
    if wrong := rules.faults(subject=subject, text=text, attachments=[len(one.content) for one in attachments]):
        raise MailRefused("; ".join(wrong))
    card = PURPOSES[purpose]
    is_blocked = AddressTrouble.objects.filter(address=address.lower()).exists()
    mail = OutgoingMail(
        key=key,
        user_id=user_id,
        organisation_id=person.organisation_id if person else None,
        address=address,
        purpose=purpose,
        urgency=card.urgency,
        subject=subject,
        text="" if is_blocked and card.is_secret else text,
        state=State.FAILED if is_blocked else State.QUEUED,
        state_since=at,
        queued_at=at,
        next_try_at=at,
        give_up_at=at + card.patience,
        trouble=Trouble.ADDRESS_BLOCKED if is_blocked else "",
    )
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
            MailAttachment.objects.bulk_create(
                MailAttachment(mail=mail, name=one.name, media_type=one.media_type, content=one.content)
                for one in attachments
            )
            wake(at)
    except IntegrityError:
        if key is None or not OutgoingMail.objects.filter(key=key).exists():
            raise
        return None
    return mail.pk


def wake(at: datetime) -> None:
    """Let a worker send what waits, unless one is asked to already."""
    if not is_waiting(tasks.deliver.name):
        start(tasks.deliver, by=actors.job(tasks.deliver.name), at=at)


def _named(text: str, person: Reader | None, address: str) -> str:
    """The text, beginning with the person's name where others read the same mailbox and it is not in it yet."""
    if person is None or person.name in text or not is_shared(address):
        return text
    with override(person.language):
        line = gettext("{name} 様").format(name=" ".join(f"{person.organisation} {person.name}".split()))
    return f"{line}\n\n{text}"
