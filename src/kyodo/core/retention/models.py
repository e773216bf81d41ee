"""Periods that the region set, and lists of what is to be disposed of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kyodo.core.retention import rules
from kyodo.core.workflow import Staged


class Period(models.Model):
    """How many fiscal years a kind is kept here, where it is not what the house proposes."""

    kind = models.CharField(max_length=60, primary_key=True)
    years = models.PositiveSmallIntegerField()


class Disposal(Staged):
    """A list of records of one kind, proposed by one and approved by another."""

    kind = models.CharField(max_length=60)
    before = models.DateField()
    made_by_id = models.BigIntegerField(null=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(rules.State)), name="disposal_state_is_known"),
            models.UniqueConstraint(
                fields=("kind",), condition=Q(state=rules.State.PROPOSED), name="one_list_of_a_kind_at_a_time"
            ),
        )


class DisposalItem(models.Model):
    """One record of a list; `kept` where whoever approved took it off the list."""

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="items")
    subject_id = models.BigIntegerField()
    label = models.CharField(max_length=400)
    since = models.DateField()
    kept = models.BooleanField(default=False)

    class Meta:
        ordering = ("since", "id")
