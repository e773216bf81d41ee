"""What bodies want that no item has yet, and what was proposed about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kyodo.modules.procurement.models import CaseItem, ItemProposal, SurveyLine
from kyodo.modules.procurement.queries.results import current_lines
from kyodo.modules.procurement.rules.merging import DemandLine, ProposalState


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A body's own line."""

    id: int
    body: str
    text: str
    quantity: int | None
    unit: str
    item_id: int | None


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal with its lines as they are now; `item` where one item of the case is among them."""

    id: int
    lines: tuple[OwnRow, ...]
    item_id: int | None
    item: str
    thing: str
    score: float
    shared: tuple[tuple[str, str], ...]
    differs: tuple[tuple[str, Mapping[str, Any]], ...]
    state: ProposalState


def own_rows(case_id: int) -> list[OwnRow]:
    """The own lines of bodies that buy, in their order."""
    found = current_lines(case_id).exclude(text="")
    fields = ("id", "response__organisation__name", "text", "quantity", "unit", "item_id")
    return [OwnRow(*values) for values in found.values_list(*fields)]


def demand_lines(case_id: int) -> list[DemandLine]:
    """What the engine is to look at: the items of the case, and own lines that no item has yet."""
    items = CaseItem.objects.filter(case_id=case_id, withdrawn_at=None).values_list("id", "name", "unit")
    made = [DemandLine(key, name, unit, is_item=True) for key, name, unit in items]
    return [
        *made,
        *(DemandLine(row.id, row.text, row.unit, is_item=False) for row in own_rows(case_id) if not row.item_id),
    ]


def denied_pairs(case_id: int) -> list[tuple[str, str]]:
    """Pairs that an officer called different things."""
    made = []
    for lines, items in ItemProposal.objects.filter(survey_id=case_id, state=ProposalState.DENIED).values_list(
        "lines", "items"
    ):
        names = [*(f"item{key}" for key in items), *(f"line{key}" for key in lines)]
        made += list(combinations(names, 2))
    return made


def proposals(case_id: int, *, state: ProposalState = ProposalState.OPEN) -> list[ProposalRow]:
    """The proposals of a state whose lines are all still without an item, the surest first."""
    rows = {row.id: row for row in own_rows(case_id)}
    items = dict(CaseItem.objects.filter(case_id=case_id, withdrawn_at=None).values_list("id", "name"))
    made = []
    for one in ItemProposal.objects.filter(survey_id=case_id, state=state):
        lines = tuple(rows[key] for key in one.lines if key in rows)
        if state is ProposalState.OPEN and (not lines or any(line.item_id for line in lines)):
            continue
        item = next((key for key in one.items if key in items), None)
        made.append(
            ProposalRow(
                one.pk,
                lines,
                item,
                items.get(item or 0, ""),
                one.thing,
                one.score,
                tuple((about, said) for about, said in one.shared),
                tuple((template, facts) for template, facts in one.differs),
                ProposalState(one.state),
            )
        )
    return made


def without_item(case_id: int) -> int:
    """How many own lines no item has yet."""
    return sum(row.item_id is None for row in own_rows(case_id))


def lines_without_item(case_id: int, keys: list[int]) -> list[SurveyLine]:
    """Those of own lines that no item has yet."""
    return list(current_lines(case_id).filter(pk__in=keys, item=None).exclude(text=""))
