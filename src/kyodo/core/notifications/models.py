"""A notice to one person, and how that person wants mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kyodo.core.mail.models import OutgoingMail
from kyodo.core.notifications import rules


class Notice(models.Model):
    """Something that happened, told to one person. `sentence` is translated when it is shown, and filled with facts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    is_internal = models.BooleanField(default=False)
    sentence = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    words = models.JSONField(default=dict)  # facts that are texts of ours, translated when shown
    address = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)  # when it was put into a mail that waits, or is out
    mail = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("user", "-at", "-id"), name="notices_of_a_person"),
            models.Index(fields=("user",), condition=Q(read_at=None), name="notices_unread"),
            models.Index(fields=("user",), condition=Q(read_at=None, mailed_at=None), name="notices_to_be_mailed"),
        )


class MailChoice(models.Model):
    """How somebody wants mail; who has no row gets one mail a working day."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mail_choice")
    mail = models.CharField(max_length=10, choices=[(mail.value, word) for mail, word in rules.MAIL_WORDS.items()])
