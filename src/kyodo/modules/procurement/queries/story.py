"""A case as its page tells it, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kyodo.core.access.actor import Actor
from kyodo.modules.needs import facade as needs
from kyodo.modules.procurement.models import CaseDay, CaseItem, CaseMember, CaseNeed, CaseStep, JointProcurement
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries.cases import ROW_FIELDS, CaseRow, held_by, listed, rows, visible_to
from kyodo.modules.procurement.rules.case import (
    BUYING,
    ENDED,
    TRANSITIONS,
    CaseAudience,
    CaseState,
    ContractForm,
    MemberRole,
)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A body in a case; `left_at` where it has left."""

    id: int
    organisation_id: int
    organisation: str
    code: str
    role: MemberRole
    joined_at: datetime
    left_at: datetime | None
    left_by: str
    left_in: str
    left_reason: str

    @property
    def buys(self) -> bool:
        """True for one that buys, and has not left."""
        return self.left_at is None and self.role in BUYING


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Something that is asked for."""

    id: int
    number: int
    name: str
    unit: str
    form: ContractForm
    note: str


@dataclass(frozen=True, slots=True)
class CaseStepRow:
    """A step as the page tells it."""

    before: CaseState
    after: CaseState
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NeedLink:
    """A need that the case answers; `title` is empty where the actor may not see it."""

    id: int
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class CaseStory:
    """All that a case's page tells, as the actor may see it."""

    case: CaseRow
    organisation_id: int
    purpose: str
    method: str
    way: str
    revision: int
    members: tuple[MemberRow, ...]
    items: tuple[ItemRow, ...]
    steps: tuple[CaseStepRow, ...]
    days: dict[CaseState, date]
    needs: tuple[NeedLink, ...]
    own: MemberRow | None
    may_run: bool
    may_join: bool
    may_leave: bool
    moves: tuple[CaseState, ...]

    @property
    def buyers(self) -> tuple[MemberRow, ...]:
        """The bodies that buy together now."""
        return tuple(member for member in self.members if member.buys)


DETAILS = ("organisation_id", "purpose", "method", "way", "revision")
MEMBER_FIELDS = (
    "id",
    "organisation_id",
    "organisation__name",
    "organisation__code",
    "role",
    "joined_at",
    "left_at",
    "left_by",
    "left_in",
    "left_reason",
)


def members_of(case_id: int) -> tuple[MemberRow, ...]:
    """The bodies in a case, in the order of their codes."""
    found = CaseMember.objects.filter(case_id=case_id).values_list(*MEMBER_FIELDS)
    return tuple(
        MemberRow(key, organisation, name, code or "", MemberRole(role), *rest)
        for key, organisation, name, code, role, *rest in found
    )


def items_of(case_id: int) -> tuple[ItemRow, ...]:
    """What is asked for in a case, in its order."""
    found = CaseItem.objects.filter(case_id=case_id, withdrawn_at=None)
    fields = ("id", "number", "name", "unit", "form", "note")
    return tuple(
        ItemRow(key, number, name, unit, ContractForm(form), note)
        for key, number, name, unit, form, note in found.values_list(*fields)
    )


def days_of(case_id: int) -> dict[CaseState, date]:
    """Until when what each step asks for is due."""
    return {
        CaseState(state): day for state, day in CaseDay.objects.filter(case_id=case_id).values_list("state", "due_on")
    }


def story(case_id: int, *, actor: Actor) -> CaseStory | None:
    """The whole of a case; None where the actor may not even know that it exists."""
    found = listed(visible_to(actor)).filter(pk=case_id).values_list(*ROW_FIELDS, *DETAILS).first()
    if found is None:
        return None
    row = rows([found[: len(ROW_FIELDS)]])[0]
    members = members_of(case_id)
    own = next((one for one in members if one.organisation_id == actor.organisation_id), None)
    may_run = actor.may(Permission.RUN) and held_by(actor, Permission.RUN).filter(pk=case_id).exists()
    early = row.state in {CaseState.CANDIDATE, CaseState.SURVEY, CaseState.ALIGNMENT}
    may_join = actor.may(Permission.JOIN) and actor.organisation_id is not None
    steps = CaseStep.objects.filter(case_id=case_id).values_list("before", "after", "reason", "by", "at")
    return CaseStory(
        case=row,
        **dict(zip(DETAILS, found[len(ROW_FIELDS) :], strict=True)),
        members=members,
        items=items_of(case_id),
        steps=tuple(
            CaseStepRow(CaseState(before), CaseState(after), reason, by, at) for before, after, reason, by, at in steps
        ),
        days=days_of(case_id),
        needs=_needs(case_id, actor=actor),
        own=own,
        may_run=may_run,
        may_join=may_join and early and row.audience is CaseAudience.ALL and (own is None or own.left_at is not None),
        may_leave=may_join and own is not None and own.buys and row.state not in ENDED - {CaseState.READY},
        moves=tuple(state for state in CaseState if state in TRANSITIONS[row.state]) if may_run else (),
    )


def need_ids_of(case: JointProcurement) -> list[tuple[int, int]]:
    """The needs that a case answers, each with its route."""
    return list(CaseNeed.objects.filter(case=case).values_list("need_id", "route_id"))


def _needs(case_id: int, *, actor: Actor) -> tuple[NeedLink, ...]:
    ids = list(CaseNeed.objects.filter(case_id=case_id).values_list("need_id", flat=True))
    titles = needs.titles(ids, actor=actor) if ids else {}
    return tuple(NeedLink(key, titles[key], f"/needs/{key}/") for key in ids if key in titles)
