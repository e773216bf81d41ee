"""What bodies have among cases, and how it goes over when they merge."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from kyodo.core.deadlines import setting as deadlines
from kyodo.core.mergers import estate
from kyodo.core.mergers.estate import Estate
from kyodo.core.search import documents
from kyodo.engines.words import _
from kyodo.modules.procurement.actions.owing import set_due
from kyodo.modules.procurement.models import (
    BudgetResult,
    CaseMember,
    Commitment,
    CommitmentLine,
    CurrentContract,
    Estimate,
    JointProcurement,
    LotPlace,
    RecordedGround,
    Requirement,
    Settlement,
    SettlementReply,
    SurveyAnswer,
    SurveyLine,
    SurveyResponse,
)
from kyodo.modules.procurement.rules.case import KIND, MEMBER_KIND, OPEN, MemberRole
from kyodo.modules.procurement.rules.commitment import CommitmentState

MERGED = "市町村合併により、承継した団体として参加しています。"
STRONGEST_FIRST = (MemberRole.LEAD, MemberRole.MEMBER, MemberRole.OBSERVER, MemberRole.DX)


def register() -> None:
    """Hand the estates over."""
    estate.register(Estate(_("共同調達への参加"), _count, _move))
    estate.register(Estate(_("契約台帳の契約"), _count_contracts, _move_contracts))


def _count(organisation: int) -> int:
    return CaseMember.objects.filter(organisation_id=organisation).count()


def _move(predecessor: int, successor: int, day: date, at: datetime) -> None:
    """In a case that both are in, the successor's own place stays with the stronger role, and the other's is left.

    What the other said goes over wherever the successor had said nothing, or had left: what it said then is over.
    """
    cases = list(CaseMember.objects.filter(organisation_id=predecessor).values_list("case_id", flat=True))
    returned = _move_places(predecessor, successor, at)
    _move_estimates(predecessor, successor)
    _move_answers(predecessor, successor, returned)
    _move_requirements(predecessor, successor, returned)
    _move_replies(predecessor, successor, cases)
    _move_commitments(predecessor, successor)
    placed = LotPlace.objects.filter(organisation_id=successor).values("case_id")
    LotPlace.objects.filter(organisation_id=predecessor, case_id__in=placed).delete()
    LotPlace.objects.filter(organisation_id=predecessor).update(organisation_id=successor)
    JointProcurement.objects.filter(organisation_id=predecessor).update(organisation_id=successor)
    for case in JointProcurement.objects.filter(pk__in=cases, state__in=OPEN):
        set_due(case, at=at, bodies=[successor])
    for key in cases:
        documents.refresh(KIND, key)


def _move_places(predecessor: int, successor: int, at: datetime) -> list[int]:
    """The cases to which the successor comes back in the other's place, having left them before."""
    own = {one.case_id: one for one in CaseMember.objects.filter(organisation_id=successor)}
    members = CaseMember.objects.filter(organisation_id=predecessor)
    doubled = list(members.filter(case_id__in=own, left_at=None))
    left = {"left_at": at, "left_reason": MERGED}
    CaseMember.objects.filter(pk__in=[one.pk for one in doubled]).update(**left)
    deadlines.meet_all(MEMBER_KIND, [one.pk for one in doubled], at=at)
    members.exclude(case_id__in=own).update(organisation_id=successor)
    returned = []
    for other in doubled:
        mine = own[other.case_id]
        roles = [other.role, mine.role] if mine.left_at is None else [other.role]
        stays = {"left_at": None, "left_by": "", "left_in": "", "left_reason": ""}
        CaseMember.objects.filter(pk=mine.pk).update(role=min(roles, key=STRONGEST_FIRST.index), **stays)
        if mine.left_at is not None:
            returned.append(other.case_id)
    return returned


def _move_answers(predecessor: int, successor: int, returned: Collection[int]) -> None:
    """An answer that the successor never began, or of before it left, makes way for the one that was given."""
    given = SurveyResponse.objects.filter(organisation_id=predecessor)
    asked = given.exclude(answered_at=None).values("survey_id")
    theirs = SurveyResponse.objects.filter(organisation_id=successor, survey_id__in=asked)
    blank = list(theirs.filter(Q(answered_at=None) | Q(survey_id__in=returned)).values_list("pk", flat=True))
    SurveyLine.objects.filter(response_id__in=blank).delete()
    SurveyAnswer.objects.filter(response_id__in=blank).delete()
    SurveyResponse.objects.filter(pk__in=blank).delete()
    own = SurveyResponse.objects.filter(organisation_id=successor).values("survey_id")
    given.exclude(survey_id__in=own).update(organisation_id=successor)


def _move_requirements(predecessor: int, successor: int, returned: Collection[int]) -> None:
    said = Requirement.objects.filter(organisation_id=predecessor)
    topics = said.exclude(said_at=None).values("topic_id")
    theirs = Requirement.objects.filter(organisation_id=successor, topic_id__in=topics)
    blank = theirs.filter(Q(said_at=None) | Q(topic__case_id__in=returned))
    Requirement.objects.filter(pk__in=list(blank.values_list("pk", flat=True))).delete()
    own = Requirement.objects.filter(organisation_id=successor).values("topic_id")
    said.exclude(topic_id__in=own).update(organisation_id=successor)


def _move_replies(predecessor: int, successor: int, cases: Collection[int]) -> None:
    """Who was asked by a proposal that stands, or let go by it, is the successor now; its own reply stays."""
    own = SettlementReply.objects.filter(organisation_id=successor).values("settlement_id")
    theirs = SettlementReply.objects.filter(organisation_id=predecessor, settlement__replaced_at=None)
    theirs.exclude(settlement_id__in=own).update(organisation_id=successor)
    changed = []
    for one in Settlement.objects.filter(topic__case_id__in=cases, replaced_at=None):
        before = (one.asked, one.leaving)
        one.asked, one.leaving = (_renamed(bodies, predecessor, successor) for bodies in before)
        if (one.asked, one.leaving) != before:
            changed.append(one)
    Settlement.objects.bulk_update(changed, ["asked", "leaving"])


def _renamed(bodies: Sequence[int], predecessor: int, successor: int) -> list[int]:
    return list(dict.fromkeys(successor if body == predecessor else body for body in bodies))


def _move_commitments(predecessor: int, successor: int) -> None:
    """A commitment of which the successor had left makes way for one that stands."""
    theirs = Commitment.objects.filter(organisation_id=predecessor).exclude(state=CommitmentState.LEFT)
    left = Commitment.objects.filter(organisation_id=successor, state=CommitmentState.LEFT)
    gone = list(left.filter(case_id__in=theirs.values("case_id")).values_list("pk", flat=True))
    RecordedGround.objects.filter(commitment_id__in=gone).delete()
    CommitmentLine.objects.filter(commitment_id__in=gone).delete()
    Commitment.objects.filter(pk__in=gone).delete()
    own = Commitment.objects.filter(organisation_id=successor).values("case_id")
    moved = Commitment.objects.filter(organisation_id=predecessor).exclude(case_id__in=own)
    moved.update(organisation_id=successor)


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
