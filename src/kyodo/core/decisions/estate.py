"""What bodies have among decisions, and how it goes over when they merge: open approvals, and levels."""

from __future__ import annotations

from datetime import date, datetime

from kyodo.core.decisions.models import Approval, Level, Policy
from kyodo.core.decisions.rules import OPEN
from kyodo.core.mergers.estate import Estate
from kyodo.engines.words import _


def _count(organisation: int) -> int:
    return Approval.objects.filter(organisation_id=organisation, state__in=OPEN).count()


def _move(predecessor: int, successor: int, day: date, at: datetime) -> None:
    """What was decided stays under the old body; what waits is answered by those who now work for the successor."""
    Approval.objects.filter(organisation_id=predecessor, state__in=OPEN).update(organisation_id=successor)
    if Level.objects.filter(organisation_id=successor).exists() or Policy.objects.filter(pk=successor).exists():
        return
    Level.objects.filter(organisation_id=predecessor).update(organisation_id=successor)
    for policy in Policy.objects.filter(pk=predecessor):
        Policy.objects.create(
            organisation_id=successor,
            has_steps=policy.has_steps,
            may_approve_own=policy.may_approve_own,
            publication_needs_decision=policy.publication_needs_decision,
        )


ESTATE = Estate(_("待っている承認"), _count, _move)
