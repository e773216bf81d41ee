"""A joint procurement, the bodies in it, what is asked for, the steps it took and the days they are due."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kyodo.core.organisations.models import Organisation
from kyodo.core.workflow import Staged
from kyodo.modules.procurement.rules import case as rules


class CaseQuerySet(models.QuerySet["JointProcurement"]):
    """Reads of cases."""


class JointProcurement(Staged):
    """共同調達案件: several bodies look for one thing together. `organisation` is the body that runs it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=rules.TITLE_LENGTH[1])
    purpose = models.TextField(max_length=rules.PURPOSE_LENGTH[1])
    kind = models.CharField(max_length=20)
    audience = models.CharField(
        max_length=10, choices=[(audience.value, word) for audience, word in rules.AUDIENCE_WORDS.items()]
    )
    method = models.CharField(max_length=30)
    way = models.CharField(max_length=30)
    starts_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    submission = models.UUIDField(unique=True)
    revision = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(rules.CaseState)), name="case_state_is_known"),
            models.CheckConstraint(condition=Q(audience__in=list(rules.CaseAudience)), name="case_audience_is_known"),
            models.CheckConstraint(condition=Q(months__gte=1), name="case_lasts_a_month"),
        )
        indexes = (models.Index(fields=("state", "-opened_at", "-id"), name="cases_by_state"),)


class CaseNeed(models.Model):
    """A need that the case answers; plain numbers: the need and its route are the needs module's."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="needs")
    need_id = models.BigIntegerField()
    route_id = models.BigIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "need_id"), name="a_case_answers_a_need_once"),)


class CaseMember(models.Model):
    """A body in a case. One that left keeps its row, with when and why."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="members", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=[(role.value, word) for role, word in rules.MEMBER_WORDS.items()])
    joined_at = models.DateTimeField()
    joined_by = models.CharField(max_length=200)
    left_at = models.DateTimeField(null=True)
    left_by = models.CharField(max_length=200, blank=True)
    left_in = models.CharField(max_length=20, blank=True)
    left_reason = models.TextField(max_length=rules.REASON_LENGTH[1], blank=True)

    class Meta:
        ordering = ("organisation__code", "id")
        constraints = (
            models.UniqueConstraint(fields=("case", "organisation"), name="a_body_is_in_a_case_once"),
            models.UniqueConstraint(
                fields=("case",), condition=Q(role=rules.MemberRole.LEAD, left_at=None), name="a_case_has_one_lead"
            ),
        )


class CaseItem(models.Model):
    """Something that is asked for in a case. One that is withdrawn is asked for no more; what was answered stays."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="items", db_index=False)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=rules.ITEM_LENGTH[1])
    unit = models.CharField(max_length=rules.UNIT_LENGTH[1])
    form = models.CharField(max_length=10, choices=[(form.value, word) for form, word in rules.FORM_WORDS.items()])
    note = models.TextField(max_length=rules.NOTE_LENGTH[1], blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number", "id")
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="items_of_a_case_have_numbers"),)


class CaseStep(models.Model):
    """One step of a case, with its reason: the case's page tells them in order."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    reason = models.TextField(max_length=rules.REASON_LENGTH[1], blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=~Q(before=F("after")), name="a_case_step_leads_somewhere"),)


class CaseDay(models.Model):
    """Until when what a step asks for is due."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="days", db_index=False)
    state = models.CharField(max_length=20)
    due_on = models.DateField()

    class Meta:
        ordering = ("due_on", "id")
        constraints = (models.UniqueConstraint(fields=("case", "state"), name="a_step_of_a_case_is_due_once"),)
