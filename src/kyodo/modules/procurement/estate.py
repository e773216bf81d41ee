"""What bodies have among cases, and how it goes over when they merge."""

from __future__ import annotations

from datetime import date, datetime

from kyodo.core.mergers import estate
from kyodo.core.mergers.estate import Estate
from kyodo.core.search import documents
from kyodo.engines.words import _
from kyodo.modules.procurement.models import BudgetResult, CaseMember, Estimate, JointProcurement
from kyodo.modules.procurement.rules.case import KIND


def register() -> None:
    """Hand the estate over."""
    estate.register(Estate(_("共同調達への参加"), _count, _move))


def _count(organisation: int) -> int:
    return CaseMember.objects.filter(organisation_id=organisation).count()


def _move(predecessor: int, successor: int, day: date, at: datetime) -> None:
    """In a case that both were in, the successor's own place stays, and the other's is left behind with its answers."""
    inside = CaseMember.objects.filter(organisation_id=successor).values("case_id")
    members = CaseMember.objects.filter(organisation_id=predecessor)
    doubled = members.filter(case_id__in=inside, left_at=None)
    doubled.update(left_at=at, left_reason="市町村合併により、承継した団体として参加しています。")
    moved = members.exclude(case_id__in=inside)
    _move_estimates(predecessor, successor)
    cases = list(members.values_list("case_id", flat=True))
    moved.update(organisation_id=successor)
    JointProcurement.objects.filter(organisation_id=predecessor).update(organisation_id=successor)
    for key in cases:
        documents.refresh(KIND, key)


def _move_estimates(predecessor: int, successor: int) -> None:
    """Where both have some in a case, each keeps what it was given: they were made for other quantities."""
    given = Estimate.objects.filter(organisation_id=successor).values("case_id")
    Estimate.objects.filter(organisation_id=predecessor).exclude(case_id__in=given).update(organisation_id=successor)
    got = BudgetResult.objects.filter(organisation_id=successor).values("case_id")
    BudgetResult.objects.filter(organisation_id=predecessor).exclude(case_id__in=got).update(organisation_id=successor)
