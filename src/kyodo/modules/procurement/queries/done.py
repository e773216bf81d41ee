"""Which bodies have done what the step of a case asks of them: all of them in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import F

from kyodo.modules.procurement.models import BudgetResult, Commitment, Estimate, SurveyResponse
from kyodo.modules.procurement.queries import alignment
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.commitment import CommitmentState


def done(case_id: int, state: CaseState) -> set[int]:
    """The bodies that owe nothing of a step; none in a step that asks for nothing."""
    return DONE[state](case_id) if state in DONE else set()


def _surveyed(case_id: int) -> set[int]:
    """Those that answered as far as the survey asks now."""
    answered = SurveyResponse.objects.filter(survey_id=case_id, stage__gte=F("survey__stage"))
    return set(answered.values_list("organisation_id", flat=True))


def _aligned(case_id: int) -> set[int]:
    """Those that have said something about each requirement, and owe no answer to a proposal."""
    buyers = alignment.buyers_of(case_id)
    topics = alignment.topics_of(case_id, buyers=buyers)
    owing = {body for row in topics for body in buyers if body not in row.said}
    owing |= {body for row in topics if row.settlement for body in row.settlement.waiting}
    return set(buyers) - owing


def _budgeted(case_id: int) -> set[int]:
    """Those that confirmed the latest estimate that they were given, or told what they got."""
    told = Estimate.objects.filter(case_id=case_id).order_by("number").values_list("organisation_id", "confirmed_at")
    confirmed = {body for body, confirmed_at in dict(told).items() if confirmed_at is not None}
    return confirmed | set(BudgetResult.objects.filter(case_id=case_id).values_list("organisation_id", flat=True))


def _committed(case_id: int) -> set[int]:
    """Those that are bound."""
    bound = Commitment.objects.filter(case_id=case_id, state=CommitmentState.COMMITTED)
    return set(bound.values_list("organisation_id", flat=True))


DONE: dict[CaseState, Callable[[int], set[int]]] = {
    CaseState.SURVEY: _surveyed,
    CaseState.ALIGNMENT: _aligned,
    CaseState.MARKET: _budgeted,
    CaseState.COMMITMENT: _committed,
}
