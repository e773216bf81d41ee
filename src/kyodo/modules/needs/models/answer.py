"""What a need was answered with, what that promised and brought, and how content the bodies were."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kyodo.core.organisations.models import Organisation
from kyodo.core.workflow import Staged
from kyodo.modules.needs import rules
from kyodo.modules.needs.models.need import Need
from kyodo.modules.needs.rules.measure import EVIDENCE_LENGTH, METHOD_LENGTH


class NeedRoute(Staged):
    """振り分け: one answer to a need, of a kind, with an owner, a day and an outcome."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="routes")
    kind = models.CharField(max_length=20, choices=[(kind.value, word) for kind, word in rules.ROUTE_WORDS.items()])
    purpose = models.TextField(max_length=rules.PURPOSE_LENGTH[1])
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    owner_label = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(max_length=rules.OUTCOME_LENGTH[1], blank=True)
    # Where the answer has its own page: given by the module that carries it on.
    address = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ("opened_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(rules.RouteKind)), name="route_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=list(rules.RouteState)), name="route_state_is_known"),
        )


class NeedMeasure(models.Model):
    """約束と結果: one figure before, as promised, and as measured with its evidence."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="measures")
    label = models.CharField(max_length=rules.MEASURE_TEXT_LENGTH[1])
    unit = models.CharField(max_length=rules.UNIT_LENGTH[1])
    baseline = models.DecimalField(max_digits=15, decimal_places=2)
    promised = models.DecimalField(max_digits=15, decimal_places=2)
    method = models.TextField(max_length=METHOD_LENGTH[1])
    measure_on = models.DateField()
    promised_by = models.CharField(max_length=200)
    promised_at = models.DateTimeField()
    measured = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    measured_on = models.DateField(null=True)
    evidence = models.TextField(max_length=EVIDENCE_LENGTH[1], blank=True)
    hours_saved_per_year = models.BigIntegerField(null=True)
    yen_saved_per_year = models.BigIntegerField(null=True)
    measured_by = models.CharField(max_length=200, blank=True)
    measured_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("promised_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(measured=None, measured_on=None, measured_at=None)
                | Q(measured__isnull=False, measured_on__isnull=False, measured_at__isnull=False),
                name="a_result_is_whole_or_absent",
            ),
        )


class NeedRating(models.Model):
    """満足度: a body's score for how its need was answered; given again, it takes the place of the first."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="ratings", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(max_length=rules.COMMENT_LENGTH[1], blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=("need", "organisation"), name="a_body_rates_a_need_once"),
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="a_score_is_one_to_five"),
        )
