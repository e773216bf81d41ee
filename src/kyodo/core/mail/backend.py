"""Django's way to send mail, led into the queue: whatever a library sends goes the same way as our own."""

from __future__ import annotations

from collections.abc import Sequence
from email.mime.base import MIMEBase

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from kyodo.core import clock
from kyodo.core.accounts.rules import MAIL_PURPOSE, MAIL_READER
from kyodo.core.mail.queue import Attached, MailRefused, queue
from kyodo.core.mail.rules import Purpose


class QueueBackend(BaseEmailBackend):
    """Queues one mail for each recipient. Two headers, which don't travel, say for whom and what for."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue all of them or none, and return how many recipients there are."""
        with transaction.atomic():
            return sum(_queue(message) for message in email_messages)


def _queue(message: EmailMessage) -> int:
    if message.content_subtype != "plain" or (
        isinstance(message, EmailMultiAlternatives) and getattr(message, "alternatives", None)
    ):
        raise MailRefused("mails are plain text")
    told = message.extra_headers
    reader = str(told.get(MAIL_READER, ""))
    attachments = [_attached(one) for one in message.attachments]
    for address in message.recipients():
        queue(
            address=address,
            purpose=Purpose(str(told.get(MAIL_PURPOSE, Purpose.OTHER))),
            subject=str(message.subject),
            text=str(message.body),
            at=clock.now(),
            user_id=int(reader) if reader else None,
            attachments=attachments,
        )
    return len(message.recipients())


def _attached(one: object) -> Attached:
    if isinstance(one, MIMEBase) or not isinstance(one, tuple):
        raise MailRefused("an attachment is a name, its content, and its media type")
    name, content, media_type = one
    raw = content.encode() if isinstance(content, str) else content
    return Attached(name or "file", media_type or "application/octet-stream", raw)
