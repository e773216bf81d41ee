"""How actions on cases sign in the record, and tell the bodies in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import record
from kyodo.core.notifications.hearing import About
from kyodo.core.notifications.telling import tell
from kyodo.modules.procurement.models import JointProcurement
from kyodo.modules.procurement.queries.people import concerned
from kyodo.modules.procurement.rules import case as rules
from kyodo.modules.procurement.rules.case import KIND, address_of


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
