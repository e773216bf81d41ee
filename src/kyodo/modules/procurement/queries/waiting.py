"""What the steps of its cases ask of a body now, each kind in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from kyodo.core.access.actor import Actor
from kyodo.modules.procurement.models import CaseDay, CaseMember, Commitment, Requirement, Settlement, SettlementReply
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries.survey import unanswered
from kyodo.modules.procurement.rules.case import BUYING, CaseState
from kyodo.modules.procurement.rules.commitment import CommitmentState


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that a case asks of a body: how much of it (a stage, proposals, requirements), until and since when."""

    what: str  # "survey", "reply", "require", "commit", "bind"
    case_id: int
    title: str
    count: int
    due_on: date | None
    since: datetime


def of_body(actor: Actor) -> list[Waiting]:
    """All that waits for the actor's body; nothing for who does not work for one."""
    if not actor.may(Permission.ANSWER) or actor.organisation_id is None:
        return []
    due = CaseDay.objects.filter(case=OuterRef("case_id"), state=OuterRef("case__state")).values("due_on")[:1]
    places = CaseMember.objects.filter(
        organisation_id=actor.organisation_id,
        left_at=None,
        role__in=BUYING,
        case__state__in=(CaseState.SURVEY, CaseState.ALIGNMENT, CaseState.MARKET, CaseState.COMMITMENT),
    )
    fields = ("case_id", "case__title", "case__state", "case__state_since")
    rows = list(places.annotate(due_on=Subquery(due)).values_list(*fields, "due_on"))
    by_state: dict[str, list[tuple[int, str, datetime, date | None]]] = {}
    for case, title, state, since, due_on in rows:
        by_state.setdefault(state, []).append((case, title, since, due_on))
    made = []
    if CaseState.SURVEY in by_state:
        told = unanswered(actor)
        made += [Waiting("survey", case, title, stage, due_on, at) for case, title, due_on, stage, at in told]
    aligning = by_state.get(CaseState.ALIGNMENT, []) + by_state.get(CaseState.MARKET, [])
    if aligning:
        written = {case for case, *_rest in by_state.get(CaseState.ALIGNMENT, [])}
        made += _aligning(actor.organisation_id, aligning, written=written)
    if CaseState.COMMITMENT in by_state:
        made += _committing(actor.organisation_id, by_state[CaseState.COMMITMENT])
    return made


Cases = list[tuple[int, str, datetime, date | None]]


def _aligning(body: int, cases: Cases, *, written: set[int]) -> list[Waiting]:
    """Proposals that ask the body and that it has not answered; requirements that it has not written."""
    keys = [case for case, *_rest in cases]
    open_ones = Settlement.objects.standing().filter(topic__case_id__in=keys, closed_at=None)
    said = set(
        SettlementReply.objects.filter(settlement__in=open_ones, organisation_id=body).values_list(
            "settlement_id", flat=True
        )
    )
    asked = dict.fromkeys(keys, 0)
    for key, case, bodies in open_ones.values_list("id", "topic__case_id", "asked"):
        asked[case] += body in bodies and key not in said
    unsaid = dict.fromkeys(keys, 0)
    empty = Requirement.objects.filter(
        topic__case_id__in=written, topic__withdrawn_at=None, organisation_id=body, said_at=None
    )
    for case in empty.values_list("topic__case_id", flat=True):
        unsaid[case] += 1
    made = []
    for case, title, since, due_on in cases:
        if asked[case]:
            made.append(Waiting("reply", case, title, asked[case], due_on, since))
        elif unsaid[case]:
            made.append(Waiting("require", case, title, unsaid[case], due_on, since))
    return made


def _committing(body: int, cases: Cases) -> list[Waiting]:
    """Commitments that are not written, or written and not binding."""
    keys = [case for case, *_rest in cases]
    known = dict(Commitment.objects.filter(case_id__in=keys, organisation_id=body).values_list("case_id", "state"))
    return [
        Waiting("bind" if case in known else "commit", case, title, 1, due_on, since)
        for case, title, since, due_on in cases
        if known.get(case) != CommitmentState.COMMITTED
    ]
