"""Reads of the register. What a body sent back it sees, and so does whoever had sent the sheet out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kyodo.core.access.actor import Actor
from kyodo.core.sheets.models import SheetIssue, SheetReturn
from kyodo.core.sheets.permissions import Permission
from kyodo.core.sheets.rules import State
from kyodo.core.sheets.sources import usable_by

FILES = "sheets.return"


def issues_of(actor: Actor) -> QuerySet[SheetIssue]:
    """The sheets that the actor's organisation sent out or is asked to fill in."""
    if not actor.may(Permission.USE) or actor.organisation_id is None:
        return SheetIssue.objects.none()
    own = Q(issuer_id=actor.organisation_id) | Q(organisation_id=actor.organisation_id)
    return SheetIssue.objects.filter(own, name__in=usable_by(actor))


def returns_of(actor: Actor) -> QuerySet[SheetReturn]:
    """What the actor's organisation sent back, and what came back to it."""
    if not actor.may(Permission.USE) or actor.organisation_id is None:
        return SheetReturn.objects.none()
    own = actor.organisation_id
    # What was not recognised may hold anything: it is for the one who sent it.
    readable = Q(issue__name__in=usable_by(actor)) | Q(issue=None, sent_by_id=actor.user_id)
    return SheetReturn.objects.filter(Q(organisation_id=own) | Q(issue__issuer_id=own), readable)


def may_read_file(actor: Actor, subject: int) -> bool:
    """Whether an actor may read the file of a return."""
    return returns_of(actor).filter(pk=subject).exists()


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A sheet that went out, as the register lists it."""

    id: int
    number: str
    name: str
    issued_by: str
    organisation: str | None
    issued_at: datetime
    due_on: date | None
    return_count: int


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return as tables list it."""

    id: int
    name: str
    state: State
    number: str | None
    sheet: str | None
    organisation: str | None
    addressee: str | None
    sent_by: str
    received_at: datetime
    applied_at: datetime | None
    applied_by: str
    issue_id: int | None
    digest: str
    outcome: dict[str, Any]

    @property
    def body(self) -> str:
        """Whose return it is: the body for which the sheet was made, or who sent it back."""
        return self.addressee or self.organisation or ""

    @property
    def is_refused(self) -> bool:
        """True where it has faults."""
        return self.state is State.REFUSED

    @property
    def is_waiting(self) -> bool:
        """True where somebody has to confirm it."""
        return self.state is State.RECEIVED

    @property
    def change_count(self) -> int:
        """How many rows it changes or adds."""
        return len(self.outcome["changes"]) + len(self.outcome["new"])


RETURN_FIELDS = (
    "id",
    "name",
    "state",
    "issue__number",
    "issue__name",
    "organisation__name",
    "issue__organisation__name",
    "sent_by",
    "received_at",
    "applied_at",
    "applied_by",
    "issue_id",
    "digest",
    "outcome",
)


def issue_rows(actor: Actor) -> list[IssueRow]:
    """The newest hundred sheets."""
    rows = (
        issues_of(actor)
        .annotate(count=Count("returns"))
        .values_list("id", "number", "name", "issued_by", "organisation__name", "issued_at", "due_on", "count")
    )
    return [IssueRow(*values) for values in rows[:100]]


def return_rows(actor: Actor, *, batch: UUID | None = None) -> list[ReturnRow]:
    """The newest returns, or all of one batch in the order of its files."""
    rows = returns_of(actor)
    rows = rows.filter(batch=batch).order_by("id") if batch else rows
    return list(_rows(rows.values_list(*RETURN_FIELDS)[:200]))


def return_row(actor: Actor, returned_id: int) -> ReturnRow | None:
    """One return; None where the actor may not see it."""
    return next(_rows(returns_of(actor).filter(pk=returned_id).values_list(*RETURN_FIELDS)), None)


def earlier(row: ReturnRow) -> list[ReturnRow]:
    """What came back for the same sheet before this, not refused; the newest first."""
    if row.issue_id is None:
        return []
    rows = SheetReturn.objects.filter(issue_id=row.issue_id, pk__lt=row.id).exclude(state=State.REFUSED)
    return list(_rows(rows.order_by("-id").values_list(*RETURN_FIELDS)[:20]))


def _rows(values: Iterable[tuple[Any, ...]]) -> Any:
    return (ReturnRow(key, name, State(state), *rest) for key, name, state, *rest in values)
