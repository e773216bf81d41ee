"""A merger: which bodies end, and what they become."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kyodo.core.mergers import rules
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.core.workflow import Staged


class Merger(Staged):
    """Bodies become another at the beginning of a day. A new one is made on that day, from what is written here."""

    day = models.DateField()
    predecessors = models.ManyToManyField(Organisation, related_name="+")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    name = models.CharField(max_length=100, blank=True)
    kana = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=6, blank=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-day", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(rules.State)), name="merger_state_is_known"),
            models.CheckConstraint(
                condition=Q(successor__isnull=False) | ~Q(name=""), name="merger_has_a_successor_or_its_name"
            ),
        )
