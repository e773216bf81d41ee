"""Something that is due on a day: of one person, or of whoever works for a body."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kyodo.core.organisations.models import Organisation


class Deadline(models.Model):
    """A day by which something is to be done. `what` is translated when it is shown; `about` is what people wrote."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    purpose = models.CharField(max_length=40)
    what = models.CharField(max_length=200)
    about = models.CharField(max_length=400)
    address = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    due_on = models.DateField()
    set_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("kind", "subject_id", "purpose"), name="one_deadline_a_purpose"),
        )
        indexes = (
            models.Index(fields=("organisation", "due_on"), condition=Q(met_at=None), name="deadlines_of_a_body"),
            models.Index(fields=("user", "due_on"), condition=Q(met_at=None), name="deadlines_of_a_person"),
            models.Index(fields=("due_on",), condition=Q(met_at=None), name="deadlines_open"),
        )


class CalendarKey(models.Model):
    """The secret part of a calendar's address, by which a calendar program reads one person's days; only its digest."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
