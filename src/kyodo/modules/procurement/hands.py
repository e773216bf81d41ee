"""What people have on their hands among cases: those that they see to."""

from __future__ import annotations

from datetime import datetime

from kyodo.core.accounts.models import Membership
from kyodo.core.transfers import handing_over
from kyodo.core.transfers.handing_over import Heap, Item
from kyodo.engines.words import _
from kyodo.modules.procurement.models import JointProcurement
from kyodo.modules.procurement.rules.case import OPEN, CaseState, address_of

KEPT = (*OPEN, CaseState.READY)


def register() -> None:
    """Hand the heap over."""
    handing_over.register(Heap("procurement.assigned", _("担当している共同調達"), _assigned, _hand_assigned))


def _assigned(user: int, organisation: int) -> list[Item]:
    if Membership.objects.filter(user_id=user, valid_until=None).exclude(organisation_id=organisation).exists():
        return []  # whoever still works for another body keeps what they see to
    cases = JointProcurement.objects.filter(assignee_id=user, state__in=KEPT).values_list("pk", "title")
    return [Item(title, address_of(key)) for key, title in cases]


def _hand_assigned(user: int, successor: int | None, organisation: int, at: datetime) -> None:
    if _assigned(user, organisation):
        JointProcurement.objects.filter(assignee_id=user, state__in=KEPT).update(assignee_id=successor)
