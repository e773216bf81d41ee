"""What bodies have among cases, and how it goes over when they merge."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef

from kyodo.core.mergers import estate
from kyodo.core.mergers.estate import Estate
from kyodo.core.search import documents
from kyodo.engines.words import _
from kyodo.modules.procurement.models import (
    BudgetResult,
    CaseMember,
    Commitment,
    CurrentContract,
    Estimate,
    JointProcurement,
    LotPlace,
    Requirement,
    SurveyLine,
    SurveyResponse,
)
from kyodo.modules.procurement.rules.case import KIND


def register() -> None:
    """Hand the estates over."""
    estate.register(Estate(_("共同調達への参加"), _count, _move))
    estate.register(Estate(_("契約台帳の契約"), _count_contracts, _move_contracts))


def _count(organisation: int) -> int:
    return CaseMember.objects.filter(organisation_id=organisation).count()


def _move(predecessor: int, successor: int, day: date, at: datetime) -> None:
    """In a case that both were in, the successor's own place stays, and the other's is left behind.

    What the other said goes over wherever the successor had said nothing.
    """
    inside = CaseMember.objects.filter(organisation_id=successor).values("case_id")
    members = CaseMember.objects.filter(organisation_id=predecessor)
    doubled = members.filter(case_id__in=inside, left_at=None)
    doubled.update(left_at=at, left_reason="市町村合併により、承継した団体として参加しています。")
    moved = members.exclude(case_id__in=inside)
    _move_estimates(predecessor, successor)
    cases = list(members.values_list("case_id", flat=True))
    moved.update(organisation_id=successor)
    _move_answers(predecessor, successor)
    _move_requirements(predecessor, successor)
    committed = Commitment.objects.filter(organisation_id=successor).values("case_id")
    Commitment.objects.filter(organisation_id=predecessor).exclude(case_id__in=committed).update(
        organisation_id=successor
    )
    placed = LotPlace.objects.filter(organisation_id=successor).values("case_id")
    LotPlace.objects.filter(organisation_id=predecessor, case_id__in=placed).delete()
    LotPlace.objects.filter(organisation_id=predecessor).update(organisation_id=successor)
    JointProcurement.objects.filter(organisation_id=predecessor).update(organisation_id=successor)
    for key in cases:
        documents.refresh(KIND, key)


def _move_answers(predecessor: int, successor: int) -> None:
    """An answer that the successor never began makes way for the one that was given."""
    given = SurveyResponse.objects.filter(organisation_id=predecessor)
    asked = given.exclude(answered_at=None).values("survey_id")
    empty = SurveyResponse.objects.filter(organisation_id=successor, answered_at=None, survey_id__in=asked)
    blank = list(empty.values_list("pk", flat=True))
    SurveyLine.objects.filter(response_id__in=blank).delete()
    SurveyResponse.objects.filter(pk__in=blank).delete()
    own = SurveyResponse.objects.filter(organisation_id=successor).values("survey_id")
    given.exclude(survey_id__in=own).update(organisation_id=successor)


def _move_requirements(predecessor: int, successor: int) -> None:
    said = Requirement.objects.filter(organisation_id=predecessor)
    topics = said.exclude(said_at=None).values("topic_id")
    blank = Requirement.objects.filter(organisation_id=successor, said_at=None, topic_id__in=topics)
    Requirement.objects.filter(pk__in=list(blank.values_list("pk", flat=True))).delete()
    own = Requirement.objects.filter(organisation_id=successor).values("topic_id")
    said.exclude(topic_id__in=own).update(organisation_id=successor)


def _count_contracts(organisation: int) -> int:
    return CurrentContract.objects.filter(organisation_id=organisation, withdrawn_at=None).count()


def _move_contracts(predecessor: int, successor: int, day: date, at: datetime) -> None:
    """A contract goes on with the successor; two rows of one contract become one."""
    same = CurrentContract.objects.filter(
        organisation_id=successor,
        withdrawn_at=None,
        kind=OuterRef("kind"),
        item_key=OuterRef("item_key"),
        ends_on=OuterRef("ends_on"),
    )
    found = CurrentContract.objects.filter(organisation_id=predecessor)
    doubled = found.filter(Exists(same), withdrawn_at=None)
    CurrentContract.objects.filter(pk__in=list(doubled.values_list("pk", flat=True))).update(withdrawn_at=at)
    found.update(organisation_id=successor)


def _move_estimates(predecessor: int, successor: int) -> None:
    """Where both have some in a case, each keeps what it was given: they were made for other quantities."""
    given = Estimate.objects.filter(organisation_id=successor).values("case_id")
    Estimate.objects.filter(organisation_id=predecessor).exclude(case_id__in=given).update(organisation_id=successor)
    got = BudgetResult.objects.filter(organisation_id=successor).values("case_id")
    BudgetResult.objects.filter(organisation_id=predecessor).exclude(case_id__in=got).update(organisation_id=successor)
