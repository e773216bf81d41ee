"""仕様すり合わせ: what is required, by whom, how differences are settled, and what the joint specification was when."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from kyodo.core.organisations.models import Organisation
from kyodo.modules.procurement.models.case import JointProcurement
from kyodo.modules.procurement.rules import alignment as rules


class Lot(models.Model):
    """A part of the procurement that is bid for apart, with the bodies in it."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="lots", db_index=False)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=rules.LOT_LENGTH[1])

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="lots_of_a_case_have_numbers"),)


class LotPlace(models.Model):
    """In which lot a body is: one of a case."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="places")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "organisation"), name="a_body_is_in_one_lot"),)


class RequirementTopic(models.Model):
    """Something that bodies may require. `joint` is what the joint specification says of it now."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="topics", db_index=False)
    number = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=rules.GROUP_LENGTH[1])
    name = models.CharField(max_length=rules.NAME_LENGTH[1])
    joint = models.CharField(max_length=rules.TEXT_LENGTH, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number", "id")
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="topics_of_a_case_have_numbers"),)


class Requirement(models.Model):
    """What a body requires of a topic; an empty text: it does not mind. `said_at` None: it has not said anything."""

    topic = models.ForeignKey(RequirementTopic, on_delete=models.PROTECT, related_name="requirements", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=rules.TEXT_LENGTH, blank=True)
    level = models.CharField(
        max_length=5,
        choices=[(level.value, word) for level, word in rules.LEVEL_WORDS.items()],
        default=rules.RequirementLevel.MUST,
    )
    said_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("topic", "organisation"), name="a_body_requires_a_topic_once"),)


class SettlementQuerySet(models.QuerySet["Settlement"]):
    """Reads of proposals."""

    def standing(self) -> Self:
        """The proposals that count: none took their place, and what they are about is still asked."""
        return self.filter(replaced_at=None, topic__withdrawn_at=None)


class Settlement(models.Model):
    """A proposal about a difference; a later one takes its place, and the earlier stays readable."""

    topic = models.ForeignKey(RequirementTopic, on_delete=models.PROTECT, related_name="settlements", db_index=False)
    kind = models.CharField(
        max_length=10, choices=[(kind.value, word) for kind, word in rules.SETTLEMENT_WORDS.items()]
    )
    text = models.CharField(max_length=rules.TEXT_LENGTH, blank=True)
    lots = models.JSONField(default=dict)
    leaving = models.JSONField(default=list)
    asked = models.JSONField(default=list)
    reason = models.CharField(max_length=rules.REASON_LENGTH[1])
    proposed_by = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=rules.REASON_LENGTH[1], blank=True)
    replaced_at = models.DateTimeField(null=True)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        ordering = ("proposed_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("topic",), condition=Q(replaced_at=None), name="a_topic_has_one_proposal_at_a_time"
            ),
        )


class SettlementReply(models.Model):
    """What a body answered to a proposal."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="replies", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reply = models.CharField(max_length=6, choices=[(reply.value, word) for reply, word in rules.REPLY_WORDS.items()])
    remark = models.CharField(max_length=rules.REMARK_LENGTH, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=("settlement", "organisation"), name="a_body_replies_to_a_proposal_once"),
        )


class SpecificationVersion(models.Model):
    """The joint specification as it was at a moment: rows of group, name, text, how it was settled."""

    case = models.ForeignKey(JointProcurement, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    rows = models.JSONField()
    note = models.CharField(max_length=rules.NOTE_LENGTH[1])
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="versions_of_a_case_have_numbers"),)
