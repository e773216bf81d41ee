"""予算要求用見積: versions that were handed out and stay as they were, and what each body got in its budget."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kyodo.core.organisations.models import Organisation
from kyodo.modules.procurement.models.case import CaseItem, JointProcurement
from kyodo.modules.procurement.rules import estimate as rules
from kyodo.modules.procurement.rules.case import ITEM_LENGTH, UNIT_LENGTH
from kyodo.modules.procurement.rules.survey import BUDGET_WORDS


class Estimate(models.Model):
    """A version of what was handed out to a body; never changed but by its confirmation."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="estimates", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    fiscal_year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    is_due_assumed = models.BooleanField(default=False)
    tax_percent = models.DecimalField(max_digits=5, decimal_places=2)
    months = models.PositiveSmallIntegerField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("organisation__code", "-number", "id")
        constraints = (
            models.UniqueConstraint(fields=("case", "organisation", "number"), name="estimates_have_versions"),
        )


class EstimateLine(models.Model):
    """An item in a version: the body's quantity, and what a unit costs without tax."""

    estimate = models.ForeignKey(Estimate, on_delete=models.PROTECT, related_name="lines", db_index=False)
    item = models.ForeignKey(CaseItem, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=ITEM_LENGTH[1])
    unit = models.CharField(max_length=UNIT_LENGTH[1])
    quantity = models.BigIntegerField(null=True)
    is_about = models.BooleanField(default=False)
    budget_class = models.CharField(
        max_length=12, choices=[(one.value, word) for one, word in rules.CLASS_WORDS.items()]
    )
    basis = models.CharField(max_length=10, choices=[(one.value, word) for one, word in rules.BASIS_WORDS.items()])
    answers = models.PositiveSmallIntegerField()
    initial_low = models.BigIntegerField()
    initial_likely = models.BigIntegerField()
    initial_high = models.BigIntegerField()
    yearly_low = models.BigIntegerField()
    yearly_likely = models.BigIntegerField()
    yearly_high = models.BigIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("estimate", "item"), name="an_item_is_estimated_once"),
            models.CheckConstraint(
                condition=Q(initial_low__lte=models.F("initial_likely"), initial_likely__lte=models.F("initial_high"))
                & Q(yearly_low__lte=models.F("yearly_likely"), yearly_likely__lte=models.F("yearly_high")),
                name="an_estimate_is_in_order",
            ),
        )


class BudgetResult(models.Model):
    """What a body got in its budget for a case: in the first one, in a supplementary one, or nothing."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="budgets", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, word) for kind, word in BUDGET_WORDS.items()])
    yen = models.BigIntegerField()
    decided_on = models.DateField()
    note = models.CharField(max_length=rules.NOTE_LENGTH[1], blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("organisation__code", "decided_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("case", "organisation", "kind"), name="a_budget_is_recorded_once"),
            models.CheckConstraint(condition=Q(yen__gte=0), name="a_budget_is_not_negative"),
        )
