"""The register of sheets that went out, and of what came back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kyodo.core.organisations.models import Organisation
from kyodo.core.sheets.rules import State


class SheetIssue(models.Model):
    """A sheet that went out. `rows` maps each row's number to its revision, its values and a digest of the rest."""

    number = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    issued_by_id = models.BigIntegerField(null=True)
    issued_by = models.CharField(max_length=200)
    issuer = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    narrowed = models.CharField(max_length=500, blank=True)
    rows = models.JSONField()
    issued_at = models.DateTimeField()
    due_on = models.DateField(null=True)

    class Meta:
        ordering = ("-issued_at", "-id")
        indexes = (models.Index(fields=("issuer", "-issued_at"), name="sheets_by_issuer"),)


class SheetReturn(models.Model):
    """A file that came back, what it says, and what became of it. `issue` is None where it wasn't recognised."""

    issue = models.ForeignKey(SheetIssue, null=True, on_delete=models.PROTECT, related_name="returns")
    batch = models.UUIDField(db_index=True)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State])
    sent_by_id = models.BigIntegerField(null=True)
    sent_by = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    outcome = models.JSONField()
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    applied_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-received_at", "-id")
        indexes = (
            models.Index(fields=("organisation", "-received_at"), name="sheets_returned_by"),
            models.Index(fields=("issue", "digest"), name="sheets_returned_before"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(State)), name="return_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.APPLIED, applied_at__isnull=False)
                | (~Q(state=State.APPLIED) & Q(applied_at=None)),
                name="return_applied_has_a_moment",
            ),
        )
