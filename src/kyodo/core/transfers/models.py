"""A dated list of transfers of one body, and its lines."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kyodo.core.organisations.models import Organisation
from kyodo.core.transfers import rules
from kyodo.core.workflow import Staged


class Transfer(Staged):
    """Who moves in a body on a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    remark = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-day", "-id")
        indexes = (
            models.Index(fields=("organisation", "-day", "-id"), name="transfers_of_a_body"),
            models.Index(fields=("day",), condition=Q(state=rules.State.PLANNED), name="transfers_planned"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(rules.State)), name="transfer_state_is_known"),
        )


class TransferLine(models.Model):
    """One person of a list. What was handed over, to whom, is written when the list is applied."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    username = models.CharField(max_length=60)
    move = models.CharField(max_length=10, choices=[(move.value, word) for move, word in rules.MOVE_WORDS.items()])
    duty = models.CharField(max_length=100, blank=True)
    successor = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, blank=True)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    taken_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    handed = models.JSONField(default=list)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("transfer", "number")
        constraints = (models.UniqueConstraint(fields=("transfer", "number"), name="one_line_a_number"),)
