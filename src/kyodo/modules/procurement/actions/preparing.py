"""Gives each body that buys its lines to fill in, whenever bodies, items or topics come in. Inside an action."""

from __future__ import annotations

from datetime import datetime

from kyodo.modules.procurement.models import (
    CaseItem,
    CaseMember,
    JointProcurement,
    Requirement,
    RequirementTopic,
    Survey,
    SurveyLine,
    SurveyResponse,
)
from kyodo.modules.procurement.rules.case import BUYING, CaseState
from kyodo.modules.procurement.rules.kinds import kinds


def prepare_survey(case: JointProcurement, *, at: datetime) -> None:
    """Begin the survey with its step; afterwards fill in what is missing. What is there stays as it is."""
    if not Survey.objects.filter(pk=case.pk).exists():
        if case.state != CaseState.SURVEY:
            return
        Survey.objects.create(case=case, opened_at=at)
    buying = CaseMember.objects.filter(case=case, left_at=None, role__in=BUYING).values_list(
        "organisation_id", flat=True
    )
    known = dict(SurveyResponse.objects.filter(survey_id=case.pk).values_list("organisation_id", "pk"))
    SurveyResponse.objects.bulk_create(
        [SurveyResponse(survey_id=case.pk, organisation_id=body) for body in buying if body not in known],
        ignore_conflicts=True,  # somebody else filled it in at the same time
    )
    responses = SurveyResponse.objects.filter(survey_id=case.pk).values_list("pk", flat=True)
    items = CaseItem.objects.filter(case=case, withdrawn_at=None).values_list("pk", flat=True)
    asked = set(SurveyLine.objects.filter(response__survey_id=case.pk, text="").values_list("response_id", "item_id"))
    new = [
        SurveyLine(response_id=response, item_id=item)
        for response in responses
        for item in items
        if (response, item) not in asked
    ]
    SurveyLine.objects.bulk_create(new, ignore_conflicts=True)
    # An item that is new is a question that nobody has answered yet.
    SurveyResponse.objects.filter(pk__in={line.response_id for line in new}).exclude(stage=0).update(stage=0)


def prepare_alignment(case: JointProcurement) -> None:
    """Give each body that buys a line for each requirement that is asked about; begin with those of the template."""
    if case.state == CaseState.ALIGNMENT and not RequirementTopic.objects.filter(case=case).exists():
        RequirementTopic.objects.bulk_create(
            RequirementTopic(case=case, number=number, group=group, name=name, joint=joint)
            for number, (group, name, joint) in enumerate(kinds()[case.kind].requirements, start=1)
        )
    topics = list(RequirementTopic.objects.filter(case=case, withdrawn_at=None).values_list("pk", flat=True))
    members = CaseMember.objects.filter(case=case, left_at=None, role__in=BUYING)
    asked = set(Requirement.objects.filter(topic__in=topics).values_list("topic_id", "organisation_id"))
    new = [
        Requirement(topic_id=topic, organisation_id=body)
        for body in members.values_list("organisation_id", flat=True)
        for topic in topics
        if (topic, body) not in asked
    ]
    Requirement.objects.bulk_create(new, ignore_conflicts=True)
