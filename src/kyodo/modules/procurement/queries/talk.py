"""Questions between companies and coordinators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kyodo.core.access.actor import Actor
from kyodo.modules.procurement.models import MarketQuestion
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries.cases import held_by
from kyodo.modules.procurement.rules.case import CaseState


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A question between a company and the coordinators."""

    id: int
    supplier_id: int
    supplier: str
    is_ours: bool
    text: str
    asked_at: datetime
    asked_by: str
    answer: str
    answered_at: datetime | None
    answered_by: str
    is_public: bool
    public_text: str


def talk_of(rfi_id: int, *, supplier_id: int | None = None) -> list[TalkRow]:
    """What was asked and answered between companies and coordinators; of one company, for its own page."""
    found = MarketQuestion.objects.filter(rfi_id=rfi_id)
    if supplier_id is not None:
        found = found.filter(supplier_id=supplier_id)
    names = ("id", "supplier_id", "supplier__name", "is_ours", "text", "asked_at", "asked_by")
    rest = ("answer", "answered_at", "answered_by", "is_public", "public_text")
    return [TalkRow(*one) for one in found.values_list(*names, *rest)]


def question_held_by(actor: Actor, case_id: int, question_id: int) -> MarketQuestion | None:
    """A company's question that a coordinator may answer."""
    cases = held_by(actor, Permission.RUN).filter(pk=case_id)
    found = MarketQuestion.objects.select_related("rfi__case", "supplier").filter(rfi__case__in=cases, is_ours=False)
    return found.filter(pk=question_id).first()


def waiting_questions(actor: Actor) -> list[tuple[int, str, int, datetime]]:
    """Questions of companies that wait for the coordinators: case, its title, how many, since when."""
    if not actor.may(Permission.RUN):
        return []
    cases = held_by(actor, Permission.RUN).filter(state=CaseState.MARKET)
    found = MarketQuestion.objects.filter(rfi__case__in=cases, is_ours=False, answered_at=None)
    told: dict[int, tuple[int, str, int, datetime]] = {}
    for case, title, at in found.order_by("asked_at").values_list("rfi__case_id", "rfi__case__title", "asked_at"):
        _case, _title, count, since = told.get(case, (case, title, 0, at))
        told[case] = (case, title, count + 1, since)
    return list(told.values())
