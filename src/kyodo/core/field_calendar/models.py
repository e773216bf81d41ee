"""A day or days of a body, and the secret address of its calendar."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kyodo.core.field_calendar import rules
from kyodo.core.organisations.models import Organisation


class BodyDay(models.Model):
    """A council's session, the day until which a budget is asked for, or days on which the body is closed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=[(kind.value, word) for kind, word in rules.KIND_WORDS.items()])
    name = models.CharField(max_length=rules.NAME_LENGTH[1])
    first = models.DateField()
    last = models.DateField()
    bills_due_on = models.DateField(null=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    remark = models.CharField(max_length=rules.REMARK_LENGTH, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("first", "id")
        constraints = (
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="body_day_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=("organisation", "fiscal_year"),
                condition=Q(kind=rules.Kind.BUDGET),
                name="a_body_asks_for_a_budget_once_a_year",
            ),
        )
        indexes = (models.Index(fields=("organisation", "first"), name="days_of_a_body"),)


class BodyCalendar(models.Model):
    """The secret part of the address of a body's calendar; only its digest is kept."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+", primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
