"""How actions on cases sign in the record, tell the bodies in them, and set what is due of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import record
from kyodo.core.deadlines import setting as deadlines
from kyodo.core.deadlines.setting import Due
from kyodo.core.notifications.hearing import About
from kyodo.core.notifications.telling import tell
from kyodo.modules.procurement.models import BudgetResult, CaseMember, Estimate, JointProcurement
from kyodo.modules.procurement.queries.people import concerned
from kyodo.modules.procurement.rules import case as rules
from kyodo.modules.procurement.rules.case import BUYING, DUE_WORDS, KIND, MEMBER_KIND, CaseState, address_of

# The page of a case on which a body does what is due in a step.
PLACES: dict[CaseState, str] = {
    CaseState.SURVEY: "",
    CaseState.ALIGNMENT: "",
    CaseState.MARKET: "estimates/",
    CaseState.COMMITMENT: "",
}


def label_of(case: JointProcurement) -> str:
    """How people call a case."""
    return rules.label_of(case.pk, case.title)


def sign(
    case: JointProcurement,
    *,
    changed: Mapping[str, tuple[Any, Any]],
    reason: str = "",
    organisation: int | None = None,
    kind: str = KIND,
    subject: int | None = None,
) -> None:
    """The running action's entry: about the case, or about a part of it (`kind`, `subject`) of some body."""
    record(
        kind=kind,
        subject=case.pk if subject is None else subject,
        label=label_of(case),
        organisation=organisation or case.organisation_id,
        changed=changed,
        reason=reason,
    )


def tell_bodies(
    case: JointProcurement,
    sentence: str,
    *,
    by: Actor,
    at: datetime,
    words: Mapping[str, str] | None = None,
    people: Iterable[int] | None = None,
    address: str = "",
    **facts: str,
) -> None:
    """Tell whoever has to do with a case (or only `people`) what happened: a sentence with {subject} and facts."""
    tell(
        concerned(case.pk) if people is None else people,
        about=About(KIND, case.pk),
        sentence=sentence,
        facts={"subject": label_of(case), **facts},
        words=words,
        address=address or address_of(case.pk),
        by=by,
        at=at,
    )


def set_member_deadlines(case: JointProcurement, *, on: date | None, at: datetime) -> None:
    """What the case's step asks for is due of each body that buys; what earlier steps asked for is due no more."""
    state = CaseState(case.state)
    members = CaseMember.objects.filter(case=case, left_at=None, role__in=BUYING)
    own = _budget_days(case) if state is CaseState.MARKET else {}
    for key, organisation_id in members.values_list("pk", "organisation_id"):
        for other in DUE_WORDS:
            if other is not state:
                deadlines.meet(MEMBER_KIND, key, other.value, at=at)
        if state in DUE_WORDS:
            due = Due(
                kind=MEMBER_KIND,
                subject=key,
                purpose=state.value,
                what=DUE_WORDS[state],
                about=label_of(case),
                address=address_of(case.pk) + PLACES[state],
                organisation_id=organisation_id,
            )
            deadlines.set_deadline(due, on=own.get(organisation_id, on), at=at)


def _budget_days(case: JointProcurement) -> dict[int, date | None]:
    """Until when each body asks for its budget, of those that were given an estimate; None where it is done with it."""
    found = (
        Estimate.objects.filter(case=case).order_by("number").values_list("organisation_id", "due_on", "confirmed_at")
    )
    days = {body: None if confirmed_at else due_on for body, due_on, confirmed_at in found}
    done = BudgetResult.objects.filter(case=case).values_list("organisation_id", flat=True)
    return {**days, **dict.fromkeys(done)}


def recorded(draft: Any) -> dict[str, Any]:
    """A draft as JSON values, for the record."""
    return {name: plain(value) for name, value in asdict(draft).items()}


def plain(value: Any) -> Any:
    """A value as a JSON value: days and figures become text."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What changed, as the record has it: the fields of `after` that are not as before."""
    return {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}
