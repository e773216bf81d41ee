"""Who may see and write to which cases, and cases as the rows of lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.access.roles import Reach
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.modules.procurement.models import CaseDay, CaseMember, CaseNeed, CaseQuerySet, JointProcurement
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.rules.case import BUYING, OPEN, CaseAudience, CaseState

HeldCase = JointProcurement
Values = Iterable[tuple[Any, ...]]


def visible_to(actor: Actor) -> CaseQuerySet:
    """The cases that an actor may see: all; or those the own body is or was in, and those shown to all bodies.

    Somebody of a company never sees a case, whatever role they were given: what bodies answer is not for suppliers.
    """
    match actor.reach(Permission.READ):
        case Reach.REGION:
            return JointProcurement.objects.all()
        case Reach.OWN if actor.organisation_id is not None:
            inside = CaseMember.objects.filter(case=OuterRef("pk"), organisation_id=actor.organisation_id)
            a_body = Organisation.objects.filter(pk=actor.organisation_id).exclude(kind=Kind.COMPANY)
            return JointProcurement.objects.filter(Exists(a_body)).filter(Exists(inside) | Q(audience=CaseAudience.ALL))
    return JointProcurement.objects.none()


def sees_all(actor: Actor) -> bool:
    """True for coordinators and auditors, who read of all bodies and companies what these read of themselves."""
    return actor.reach(Permission.READ) is Reach.REGION


def seen_from_inside(actor: Actor, case_id: int) -> bool:
    """True where the actor reads what the bodies in a case tell one another: whoever is in it, and who sees all."""
    if not visible_to(actor).filter(pk=case_id).exists():
        return False
    inside = CaseMember.objects.filter(case_id=case_id, organisation_id=actor.organisation_id or 0, left_at=None)
    return sees_all(actor) or inside.exists()


def held_by(actor: Actor, permission: Permission) -> CaseQuerySet:
    """The cases for whose running body the actor holds a permission: the only ones that coordinators write to."""
    return held(JointProcurement.objects.all(), actor=actor, permission=permission)


def members_held_by(actor: Actor, permission: Permission) -> Any:
    """The places of bodies in cases for which the actor holds a permission, with their cases."""
    found = CaseMember.objects.select_related("case", "organisation").exclude(organisation__kind=Kind.COMPANY)
    return held(found, actor=actor, permission=permission)


def buying_member(actor: Actor, permission: Permission, case_id: int) -> CaseMember | None:
    """The own body's place among those that buy in a case; None where it has none, or has left."""
    mine = members_held_by(actor, permission).filter(case_id=case_id, left_at=None, role__in=BUYING)
    found: CaseMember | None = mine.filter(organisation_id=actor.organisation_id or 0).first()
    return found


def joinable_by(actor: Actor) -> CaseQuerySet:
    """Cases that the own body may come into: shown to all, still open for it, and it is not in them."""
    if not actor.may(Permission.JOIN) or actor.organisation_id is None:
        return JointProcurement.objects.none()
    inside = CaseMember.objects.filter(case=OuterRef("pk"), organisation_id=actor.organisation_id, left_at=None)
    early = (CaseState.CANDIDATE, CaseState.SURVEY, CaseState.ALIGNMENT)
    return visible_to(actor).filter(~Exists(inside), audience=CaseAudience.ALL, state__in=early)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it. `body_count`: how many bodies buy together now."""

    id: int
    title: str
    kind: str
    state: CaseState
    state_since: datetime
    starts_on: date
    months: int
    audience: CaseAudience
    organisation: str
    assignee: str | None
    opened_at: datetime
    body_count: int
    due_on: date | None


BUYS = Q(members__left_at=None, members__role__in=[role.value for role in BUYING])
ROW_FIELDS: tuple[Any, ...] = (
    "id",
    "title",
    "kind",
    "state",
    "state_since",
    "starts_on",
    "months",
    "audience",
    "organisation__name",
    "assignee__display_name",
    "opened_at",
    "body_count",
    "due_on",
)


def listed(cases: CaseQuerySet) -> CaseQuerySet:
    """Cases with what their rows count."""

    due = CaseDay.objects.filter(case=OuterRef("pk"), state=OuterRef("state")).values("due_on")[:1]
    return cases.annotate(body_count=Count("members", filter=BUYS, distinct=True), due_on=Subquery(due))


def rows(values: Values) -> list[CaseRow]:
    """Frozen rows of `.values_list(*ROW_FIELDS)`."""
    made = []
    for key, title, kind, state, since, starts_on, months, audience, *rest in values:
        made.append(
            CaseRow(key, title, kind, CaseState(state), since, starts_on, months, CaseAudience(audience), *rest)
        )
    return made


def head(case_id: int, *, actor: Actor) -> CaseRow | None:
    """A case in one line, for the pages of its parts; None where it isn't there for the actor."""
    found = list(listed(visible_to(actor)).filter(pk=case_id).values_list(*ROW_FIELDS))
    return rows(found)[0] if found else None


def any_case(case_id: int) -> JointProcurement:
    """A case, for jobs that nobody looks at."""
    return JointProcurement.objects.get(pk=case_id)


def of_routes(routes: Sequence[int], *, actor: Actor) -> dict[int, CaseRow]:
    """The cases that carry routes of needs on, by route, as far as the actor sees them."""
    links = dict(CaseNeed.objects.filter(route_id__in=routes).values_list("route_id", "case_id"))
    seen = visible_to(actor).filter(pk__in=links.values()) if links else None
    found = {row.id: row for row in rows(listed(seen).values_list(*ROW_FIELDS))} if seen is not None else {}
    return {route: found[case] for route, case in links.items() if case in found}


def going_on(actor: Actor, *, most: int = 8) -> list[CaseRow]:
    """Open cases that the actor's body is in, or that a coordinator runs; what is due first comes first."""
    found = visible_to(actor).filter(state__in=OPEN)
    if not actor.may(Permission.RUN):
        inside = CaseMember.objects.filter(
            case=OuterRef("pk"), organisation_id=actor.organisation_id or 0, left_at=None
        )
        found = found.filter(Exists(inside))
    ordered = listed(found).order_by(F("due_on").asc(nulls_last=True), "-id")
    return rows(ordered.values_list(*ROW_FIELDS)[:most])
