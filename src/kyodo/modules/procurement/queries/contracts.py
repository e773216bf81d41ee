"""Contracts that are known: who sees and keeps which, and what ends when in the region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.access.roles import Reach
from kyodo.core.organisations.models import MUNICIPAL, Kind, Organisation
from kyodo.modules.procurement.models import CaseMember, CurrentContract
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.rules.case import OPEN, CaseState
from kyodo.modules.procurement.rules.contracts import DRAFT_NAMES, SOON_DAYS, ContractDraft
from kyodo.modules.procurement.rules.radar import MONTHS_AHEAD, End, month_after

HeldContract = CurrentContract
Contracts = QuerySet[CurrentContract]
RUNNING = (*OPEN, CaseState.READY)


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract as lists and the API show it."""

    id: int
    organisation_id: int
    organisation: str
    code: str
    kind: str
    item: str
    supplier: str
    begins_on: date | None
    ends_on: date
    yearly_yen: int | None
    unit_price_yen: int | None
    quantity: int | None
    unit: str
    form: str
    note: str
    renews_alone: bool
    source: str
    case_id: int | None
    revision: int


OF_BODY = {"organisation": "organisation__name", "code": "organisation__code"}
ROW_FIELDS: tuple[str, ...] = tuple(OF_BODY.get(one.name, one.name) for one in fields(ContractRow))


def visible_to(actor: Actor) -> Contracts:
    """The contracts that an actor may see with their figures: those of the own body, or of all. Never a company's."""
    standing = CurrentContract.objects.filter(withdrawn_at=None)
    return held(standing, actor=actor, permission=Permission.CONTRACTS).exclude(organisation__kind=Kind.COMPANY)


def held_by(actor: Actor) -> Contracts:
    """The contracts that an actor keeps."""
    standing = CurrentContract.objects.filter(withdrawn_at=None)
    return held(standing, actor=actor, permission=Permission.KEEP_CONTRACTS).exclude(organisation__kind=Kind.COMPANY)


def kept_bodies(actor: Actor) -> QuerySet[Organisation]:
    """The bodies whose contracts an actor keeps."""
    bodies = Organisation.objects.exclude(kind=Kind.COMPANY)
    found = held(bodies, actor=actor, permission=Permission.KEEP_CONTRACTS, owner="pk")
    own = actor.reach(Permission.KEEP_CONTRACTS) is Reach.OWN
    return found if own else found.filter(kind__in=MUNICIPAL)


def rows(values: Iterable[tuple[Any, ...]]) -> list[ContractRow]:
    """Frozen rows of `.values_list(*ROW_FIELDS)`."""
    return [ContractRow(*told) for told in values]


def draft_of(row: CurrentContract) -> ContractDraft:
    """A contract as it stands."""
    return ContractDraft(**{name: getattr(row, name) for name in DRAFT_NAMES})


def ends(actor: Actor, *, today: date) -> list[End]:
    """What ends in the next three years, with neither price nor supplier: for whoever works for a body. Two queries."""
    if not sees_radar(actor):
        return []
    last = month_after(today, MONTHS_AHEAD)
    found = CurrentContract.objects.filter(withdrawn_at=None, ends_on__gte=today, ends_on__lt=last)
    busy = _busy()
    fields_ = ("organisation_id", "organisation__name", "kind", "item", "ends_on", "renews_alone")
    told = found.exclude(organisation__kind=Kind.COMPANY).order_by("organisation__code", "ends_on", "id")
    return [
        End(body, name, kind, item, on, is_free=not alone and (body, kind) not in busy)
        for body, name, kind, item, on, alone in told.values_list(*fields_)
    ]


def sees_radar(actor: Actor) -> bool:
    """True for whoever works for a body, coordinates or audits; for nobody of a company."""
    match actor.reach(Permission.READ):
        case Reach.REGION:
            return True
        case Reach.OWN if actor.organisation_id is not None:
            return Organisation.objects.filter(pk=actor.organisation_id).exclude(kind=Kind.COMPANY).exists()
    return False


def to_renew(actor: Actor, *, today: date) -> list[ContractRow]:
    """The own body's contracts that end within a year, that are in no case and that it does not renew by itself."""
    if actor.reach(Permission.KEEP_CONTRACTS) is not Reach.OWN:
        return []
    inside = CaseMember.objects.filter(
        organisation_id=OuterRef("organisation_id"), left_at=None, case__kind=OuterRef("kind"), case__state__in=RUNNING
    )
    soon = today + timedelta(days=SOON_DAYS)
    found = held_by(actor).filter(~Exists(inside), renews_alone=False, ends_on__gte=today, ends_on__lt=soon)
    return rows(found.order_by("ends_on", "id").values_list(*ROW_FIELDS)[:8])


def _busy() -> set[tuple[int, str]]:
    """Bodies that are in a running case of a kind."""
    places = CaseMember.objects.filter(left_at=None, case__state__in=RUNNING)
    return set(places.values_list("organisation_id", "case__kind"))
