"""意向調査: what is asked, and what each body answered about each item."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kyodo.core.organisations.models import Organisation
from kyodo.modules.procurement.models.case import CaseItem, JointProcurement
from kyodo.modules.procurement.rules import survey as rules
from kyodo.modules.procurement.rules.case import FORM_WORDS


class Survey(models.Model):
    """The survey of a case: how far it asks now."""

    case = models.OneToOneField(JointProcurement, on_delete=models.PROTECT, related_name="survey", primary_key=True)
    stage = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(stage__in=rules.STAGES), name="survey_stage_is_known"),)


class SurveyQuestion(models.Model):
    """An own question, with the reason why it is asked."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="questions", db_index=False)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=rules.QUESTION_LENGTH[1])
    why = models.CharField(max_length=rules.WHY_LENGTH[1])
    kind = models.CharField(max_length=10, choices=[(kind.value, word) for kind, word in rules.QUESTION_WORDS.items()])
    choices = models.JSONField(default=list)
    stage = models.PositiveSmallIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number", "id")
        constraints = (models.UniqueConstraint(fields=("survey", "number"), name="questions_have_numbers"),)


class SurveyResponse(models.Model):
    """What a body answers; `stage` is the last one that it completed, `seconds` what it took (by stage)."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stage = models.PositiveSmallIntegerField(default=0)
    contact = models.CharField(max_length=rules.CONTACT_LENGTH, blank=True)
    seconds = models.JSONField(default=dict)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("organisation__code", "id")
        constraints = (models.UniqueConstraint(fields=("survey", "organisation"), name="a_body_answers_a_survey_once"),)


class SurveyLine(models.Model):
    """A body's answer about an item, or about something of its own that it wants bought (`item` None until joined)."""

    response = models.ForeignKey(SurveyResponse, on_delete=models.PROTECT, related_name="lines", db_index=False)
    item = models.ForeignKey(CaseItem, on_delete=models.PROTECT, null=True, related_name="lines")
    text = models.CharField(max_length=rules.TEXT_LENGTH[1], blank=True)
    relevance = models.CharField(max_length=10, blank=True)
    quantity_said = models.CharField(max_length=rules.SAID_LENGTH, blank=True)
    quantity = models.BigIntegerField(null=True)
    is_about = models.BooleanField(default=False)
    unit = models.CharField(max_length=rules.UNIT_LENGTH, blank=True)
    contract = models.CharField(max_length=10, blank=True)
    contract_until = models.DateField(null=True)
    unit_price_yen = models.BigIntegerField(null=True)
    supplier = models.CharField(max_length=rules.SUPPLIER_LENGTH, blank=True)
    must = models.CharField(max_length=rules.SPEC_LENGTH, blank=True)
    nice = models.CharField(max_length=rules.SPEC_LENGTH, blank=True)
    budget = models.CharField(max_length=10, blank=True)
    form = models.CharField(
        max_length=10, blank=True, choices=[(form.value, word) for form, word in FORM_WORDS.items()]
    )
    intention = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=rules.REASON_LENGTH, blank=True)
    is_as_last = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("response", "item"), condition=Q(text=""), name="a_body_answers_an_item_once"
            ),
            models.CheckConstraint(condition=Q(quantity=None) | Q(quantity__gte=0), name="quantity_is_not_negative"),
            models.CheckConstraint(condition=~Q(item=None, text=""), name="a_line_is_about_something"),
        )
        indexes = (models.Index(fields=("response", "item"), name="lines_of_a_response"),)


class SurveyAnswer(models.Model):
    """A body's answer to an own question."""

    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, related_name="answers", db_index=False)
    response = models.ForeignKey(SurveyResponse, on_delete=models.PROTECT, related_name="answers")
    value = models.CharField(max_length=rules.ANSWER_LENGTH)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("question", "response"), name="a_body_answers_a_question_once"),)
