"""Mails that leave, with what became of each, and addresses at which nothing arrives."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from kyodo.core.mail import rules
from kyodo.core.organisations.models import Organisation
from kyodo.core.workflow import Staged


class OutgoingMail(Staged):
    """One mail to one address. `token` is in its Message-ID, by which it is known when it comes back."""

    token = models.UUIDField(default=uuid4, unique=True)
    key = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001  # many have none, and that is no key
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254)
    purpose = models.CharField(
        max_length=20, choices=[(purpose.value, card.name) for purpose, card in rules.PURPOSES.items()]
    )
    urgency = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=rules.LONGEST_SUBJECT)
    text = models.TextField(blank=True)  # empty once it is forgotten
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=20, blank=True)
    said = models.CharField(max_length=300, blank=True)  # by the mail server, in its own words

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=("urgency", "next_try_at"), condition=Q(state__in=rules.WAITING), name="mails_that_wait"
            ),
            models.Index(fields=("queued_at",), name="mails_by_age"),
        )


class MailAttachment(models.Model):
    """A file that goes out with a mail; forgotten with its text."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()


class AddressTrouble(models.Model):
    """An address at which a mail did not arrive: nothing more goes there until somebody has looked after it.

    The address itself is the key, in small letters: a section shares its mailbox, and all of its people miss the mail.
    """

    address = models.CharField(max_length=254, unique=True)
    since = models.DateTimeField()
    trouble = models.CharField(max_length=20)
    said = models.CharField(max_length=300, blank=True)
    mail = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-since", "-id")
