"""How a body approves, what was asked for and by whom it was answered, and what was decided under which number."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kyodo.core.decisions import rules
from kyodo.core.duties.models import Duty
from kyodo.core.organisations.models import Organisation
from kyodo.core.workflow import Staged

ACTS = [(act.value, word) for act, word in rules.ACT_WORDS.items()]


class Policy(models.Model):
    """How a body decides here. None for a body that never set anything: no steps, nothing required."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+", primary_key=True)
    has_steps = models.BooleanField(default=False)
    may_approve_own = models.BooleanField(default=False)
    publication_needs_decision = models.BooleanField(default=False)


class Seat(models.Model):
    """Who holds a level, by duty or in person, and who stands in."""

    number = models.PositiveSmallIntegerField()
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    deputy_duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, related_name="+")
    deputy_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(duty=None, user__isnull=False) | Q(duty__isnull=False, user=None),
                name="%(class)s_is_held_by_a_duty_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(deputy_duty=None) | Q(deputy_user=None), name="%(class)s_has_one_deputy_at_most"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=rules.MOST_LEVELS), name="%(class)s_is_one_of_three"
            ),
        )


class Level(Seat):
    """A level of a body, as its next request will find it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta(Seat.Meta):
        ordering = ("organisation", "number")
        constraints = (
            *Seat.Meta.constraints,
            models.UniqueConstraint(fields=("organisation", "number"), name="a_body_has_a_level_once"),
        )


class Approval(Staged):
    """A body's approval of a matter was asked for. What it stands on is kept as it was then: levels, setting, paper."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    act = models.CharField(max_length=20, choices=ACTS)
    title = models.CharField(max_length=400)
    levels = models.PositiveSmallIntegerField()
    round = models.PositiveIntegerField(default=1)
    may_approve_own = models.BooleanField()
    paper_digest = models.CharField(max_length=64)
    asked_by_id = models.BigIntegerField(null=True)
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject_id"),
                condition=~Q(state=rules.State.WITHDRAWN),
                name="a_matter_is_asked_about_once",
            ),
            models.CheckConstraint(condition=Q(state__in=list(rules.State)), name="approval_state_is_known"),
        )
        indexes = (models.Index(fields=("organisation", "state"), name="approvals_of_a_body"),)


class ApprovalSeat(Seat):
    """A level of one approval: later changes of the body's levels leave it as it is."""

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="seats", db_index=False)

    class Meta(Seat.Meta):
        ordering = ("number",)
        constraints = (
            *Seat.Meta.constraints,
            models.UniqueConstraint(fields=("approval", "number"), name="an_approval_has_a_level_once"),
        )


class ApprovalStep(models.Model):
    """What somebody did with an approval: the page tells them in order, with the name and duty of that day."""

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="steps")
    round = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField(null=True)
    what = models.CharField(max_length=20, choices=[(step.value, word) for step, word in rules.STEP_WORDS.items()])
    user_id = models.BigIntegerField(null=True)
    who = models.CharField(max_length=200)
    is_deputy = models.BooleanField(default=False)
    at = models.DateTimeField()
    remark = models.TextField(max_length=rules.REMARK_LENGTH[1], blank=True)

    class Meta:
        ordering = ("id",)


class Decision(models.Model):
    """決裁 as it was made elsewhere (in a document system, on paper), recorded here."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    act = models.CharField(max_length=20, choices=ACTS)
    title = models.CharField(max_length=400)
    decided_on = models.DateField()
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=rules.NUMBER_LENGTH[1])
    division = models.CharField(
        max_length=20, choices=[(one.value, word) for one, word in rules.DIVISION_WORDS.items()]
    )
    decider_name = models.CharField(max_length=rules.NAME_LENGTH[1])
    decider_duty = models.CharField(max_length=rules.DUTY_LENGTH[1], blank=True)
    remark = models.TextField(max_length=rules.REMARK_LENGTH[1], blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.TextField(max_length=rules.REASON_LENGTH[1], blank=True)

    class Meta:
        ordering = ("-decided_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject_id"), condition=Q(withdrawn_at=None), name="a_matter_is_decided_once"
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "fiscal_year", "number"), name="decisions_by_number"),
            models.Index(F("decided_on").desc(), F("id").desc(), name="decisions_newest_first"),
        )


class DecisionVersion(models.Model):
    """What a record said until it was corrected, and by whom that was."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions")
    content = models.JSONField()
    until = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ("id",)
