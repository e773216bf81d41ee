"""What other modules may know of joint procurements: plain values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kyodo.core.access.actor import Actor
from kyodo.modules.procurement.actions.contracts import note_contract
from kyodo.modules.procurement.queries.cases import ROW_FIELDS, listed, rows, visible_to
from kyodo.modules.procurement.rules.case import CaseState, address_of
from kyodo.modules.procurement.rules.contracts import ContractDraft

__all__ = ["CaseState", "CaseSummary", "ContractDraft", "get_case", "note_contract"]


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A case, for the pages of other modules."""

    id: int
    title: str
    state: CaseState
    starts_on: date
    body_count: int
    address: str


def get_case(case_id: int, *, actor: Actor) -> CaseSummary | None:
    """A case as the actor may see it."""
    for row in rows(listed(visible_to(actor)).filter(pk=case_id).values_list(*ROW_FIELDS)):
        return CaseSummary(row.id, row.title, row.state, row.starts_on, row.body_count, address_of(row.id))
    return None
