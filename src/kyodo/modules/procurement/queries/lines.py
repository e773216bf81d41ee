"""Every line of every body in a survey, with its figures: for those who see all bodies' answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from kyodo.core.access.actor import Actor
from kyodo.modules.procurement.models import CaseMember, SurveyLine
from kyodo.modules.procurement.queries.cases import sees_all
from kyodo.modules.procurement.rules.case import BUYING


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """A body's answer about an item, whole."""

    id: int
    organisation: str
    code: str
    text: str
    item: str | None
    item_unit: str | None
    relevance: str
    quantity_said: str
    quantity: int | None
    unit: str
    contract: str
    contract_until: date | None
    unit_price_yen: int | None
    supplier: str
    must: str
    nice: str
    budget: str
    form: str
    intention: str
    reason: str

    @property
    def name(self) -> str:
        """What it is about: the body's own words, or the case's."""
        return self.text or self.item or ""

    @property
    def unit_said(self) -> str:
        """The unit in which the body counts."""
        return self.unit or (self.item_unit or "" if not self.text and self.quantity is not None else "")


FIELDS: tuple[str, ...] = (
    "id",
    "response__organisation__name",
    "response__organisation__code",
    "text",
    "item__name",
    "item__unit",
    "relevance",
    "quantity_said",
    "quantity",
    "unit",
    "contract",
    "contract_until",
    "unit_price_yen",
    "supplier",
    "must",
    "nice",
    "budget",
    "form",
    "intention",
    "reason",
)


def lines_seen_by(actor: Actor, case_id: int) -> QuerySet[SurveyLine]:
    """The lines of the bodies that buy in a case now: for coordinators and auditors, and nobody else."""
    if not sees_all(actor):
        return SurveyLine.objects.none()
    inside = CaseMember.objects.filter(
        case_id=case_id, left_at=None, role__in=BUYING, organisation_id=OuterRef("response__organisation_id")
    )
    return SurveyLine.objects.filter(Exists(inside), response__survey_id=case_id, item__withdrawn_at=None)


def rows(values: Iterable[tuple[Any, ...]]) -> list[AnsweredLine]:
    """Frozen rows of `.values_list(*FIELDS)`."""
    return [AnsweredLine(*told) for told in values]
