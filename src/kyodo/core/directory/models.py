"""A line of the directory, and an invitation to somebody who has never signed in."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kyodo.core.directory import rules
from kyodo.core.organisations.models import Organisation


class Contact(models.Model):
    """How a section or duty of a body is reached. It needs no account; who holds the duty is asked of core/duties."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=rules.NAME_LENGTH[1])
    phone = models.CharField(max_length=rules.NUMBER_LENGTH, blank=True)
    extension = models.CharField(max_length=rules.NUMBER_LENGTH, blank=True)
    fax = models.CharField(max_length=rules.NUMBER_LENGTH, blank=True)
    mailbox = models.EmailField(blank=True)
    remark = models.CharField(max_length=rules.REMARK_LENGTH, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("organisation", "id")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "name"), name="a_body_has_a_contact_of_a_name_once"),
        )


class Invitation(models.Model):
    """Somebody was invited, by mail or by letter; invited again, the old way in is void. Only a digest is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitation")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=300, blank=True)
    letter_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at", "-id")
