"""A duty is a place of work in a section; a holding says who had it and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kyodo.core.organisations.models import Organisation


class Duty(models.Model):
    """職・担当 of an organisation, e.g. 総務課 情報担当. Its mailbox may be shared by the section."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="duties")
    name = models.CharField(max_length=100)
    mailbox = models.EmailField(blank=True)

    class Meta:
        ordering = ("organisation", "name")
        constraints = (models.UniqueConstraint(fields=("organisation", "name"), name="duty_named_once"),)


class DutyHolding(models.Model):
    """Somebody holds a duty from a day until a day (inclusive; open while it lasts)."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="holdings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holdings")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("valid_from", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="holding_ends_after_it_begins"
            ),
        )
