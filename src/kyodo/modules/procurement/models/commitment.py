"""参加確定: what a body binds itself to, and the facts that were recorded for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kyodo.core.organisations.models import Organisation
from kyodo.core.workflow import Staged
from kyodo.modules.procurement.models.case import CaseItem, JointProcurement
from kyodo.modules.procurement.rules import commitment as rules
from kyodo.modules.procurement.rules.law import GROUND_WORDS, Budget


class Commitment(Staged):
    """A body's part of the procurement. `amount_yen`: with tax, of the whole term."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="commitments", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    amount_yen = models.BigIntegerField(null=True)
    yearly_yen = models.BigIntegerField(null=True)
    planned_on = models.DateField()
    budget = models.CharField(max_length=15, choices=[(one.value, one.value) for one in Budget])
    budget_year = models.PositiveSmallIntegerField(null=True)
    budget_item = models.CharField(max_length=rules.ITEM_LENGTH, blank=True)
    note = models.CharField(max_length=rules.NOTE_LENGTH, blank=True)
    committed_at = models.DateTimeField(null=True)
    committed_by = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("organisation__code", "id")
        constraints = (
            models.UniqueConstraint(fields=("case", "organisation"), name="a_body_commits_to_a_case_once"),
            models.CheckConstraint(
                condition=Q(state__in=list(rules.CommitmentState)), name="commitment_state_is_known"
            ),
        )


class CommitmentLine(models.Model):
    """How much of an item a body takes, and how."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="lines", db_index=False)
    item = models.ForeignKey(CaseItem, on_delete=models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    form = models.CharField(max_length=10)

    class Meta:
        ordering = ("item__number",)
        constraints = (
            models.UniqueConstraint(fields=("commitment", "item"), name="a_body_commits_to_an_item_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="committed_quantity_is_not_negative"),
        )


class RecordedGround(models.Model):
    """A fact that settles what the law finds: who says so, its number, its date."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="grounds", db_index=False)
    kind = models.CharField(max_length=30, choices=[(kind.value, word) for kind, word in GROUND_WORDS.items()])
    finding = models.CharField(max_length=60)
    number = models.CharField(max_length=rules.NUMBER_LENGTH[1])
    on = models.DateField()
    by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("recorded_at", "id")
