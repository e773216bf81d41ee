"""What waits for somebody: approvals to answer, and what came back to be asked anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kyodo.core.access.actor import Actor
from kyodo.core.decisions.models import Approval
from kyodo.core.decisions.permissions import Permission
from kyodo.core.decisions.queries import waits_for
from kyodo.core.decisions.rules import State


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An approval that waits for somebody."""

    kind: str
    subject: int
    title: str
    due_on: date | None
    since: datetime


def waiting_for(actor: Actor) -> list[WaitingRow]:
    """The approvals that the actor may answer now."""
    found = waits_for(actor).values_list("kind", "subject_id", "title", "due_on", "state_since")
    return [WaitingRow(*values) for values in found]


def returned_to(actor: Actor) -> list[WaitingRow]:
    """What the actor asked for and was returned."""
    if not actor.may(Permission.RECORD) or actor.user_id is None:
        return []
    found = Approval.objects.filter(state=State.RETURNED, asked_by_id=actor.user_id)
    return [WaitingRow(*values) for values in found.values_list("kind", "subject_id", "title", "due_on", "state_since")]
