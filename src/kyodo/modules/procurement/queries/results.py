"""What came out of a survey: demand by item, ends of contracts, intentions. Of bodies that are in the case now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Count, QuerySet

from kyodo.modules.procurement.models import CaseMember, SurveyLine
from kyodo.modules.procurement.rules.case import BUYING
from kyodo.modules.procurement.rules.survey import OUTLYING, STAYING, BudgetState, Intention, Relevance, is_outlier

# Looked up some thousand times a page, which calling the enumeration is slow for.
INTENTIONS = {one.value: one for one in Intention}
BUDGETS = {one.value: one for one in BudgetState}


class Demand(NamedTuple):  # some thousand of them a page: cheaper to make than a dataclass
    """What one body said of one item, as sums and timelines need it."""

    organisation_id: int
    organisation: str
    item_id: int | None
    quantity: int | None
    is_about: bool
    unit: str
    relevance: str
    contract: str
    contract_until: date | None
    intention: str
    budget: str
    text: str


@dataclass(slots=True)
class ItemDemand:
    """An item over all bodies. `total` sums what is counted in the item's own unit; `other_units` is apart."""

    item_id: int
    bodies: set[int] = field(default_factory=set)
    undecided: set[int] = field(default_factory=set)
    nothing: int = 0
    total: int = 0
    joining: int = 0
    is_about: bool = False
    without_number: int = 0
    other_units: dict[str, int] = field(default_factory=dict)
    outliers: list[tuple[str, int]] = field(default_factory=list)


DEMAND_FIELDS = (
    "response__organisation_id",
    "response__organisation__name",
    "item_id",
    "quantity",
    "is_about",
    "unit",
    "relevance",
    "contract",
    "contract_until",
    "intention",
    "budget",
    "text",
)


def current_lines(case_id: int) -> QuerySet[SurveyLine]:
    """The lines that count: of bodies that buy now, about items that are still asked for."""
    inside = CaseMember.objects.filter(case_id=case_id, left_at=None, role__in=BUYING).values("organisation_id")
    return SurveyLine.objects.filter(
        response__survey_id=case_id, response__organisation_id__in=inside, item__withdrawn_at=None
    )


def demands(case_id: int) -> list[Demand]:
    """What all bodies said of what has to do with them, one query; the rest is only counted (`not_concerned`)."""
    found = current_lines(case_id).filter(relevance__in=STAYING).order_by("response__organisation__code", "id")
    return [Demand._make(values) for values in found.values_list(*DEMAND_FIELDS)]


def not_concerned(case_id: int) -> dict[int, int]:
    """How many bodies each item has nothing to do with, one query."""
    found = current_lines(case_id).filter(relevance=Relevance.NO, text="").order_by()
    return dict(found.values_list("item_id").annotate(Count("id")))


def by_item(
    told: Iterable[Demand], units: dict[int, str], nothing: Mapping[int, int] | None = None
) -> dict[int, ItemDemand]:
    """Sums by item; `units`: the unit in which each item is counted; `nothing`: bodies that it does not concern."""
    made = {key: ItemDemand(key, nothing=(nothing or {}).get(key, 0)) for key in units}
    numbers: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for one in told:
        if one.item_id is None or one.item_id not in made:
            continue
        item = made[one.item_id]
        (item.bodies if one.relevance == Relevance.YES else item.undecided).add(one.organisation_id)
        item.is_about = item.is_about or one.is_about
        if one.quantity is None:
            item.without_number += 1
        elif one.unit and one.unit != units[one.item_id]:
            item.other_units[one.unit] = item.other_units.get(one.unit, 0) + one.quantity
        elif one.intention != Intention.DECLINE:
            numbers[one.item_id].append((one.organisation, one.quantity))
            item.total += one.quantity
            item.joining += one.quantity if one.intention == Intention.JOIN else 0
    for key, known in numbers.items():
        least = min((number for _name, number in known if number > 0), default=0)
        for name, number in known:
            if number >= OUTLYING * least and is_outlier(
                number, [other for other_name, other in known if other_name != name]
            ):
                made[key].outliers.append((name, number))
    return made


def ends_by_body(told: Iterable[Demand]) -> dict[int, tuple[str, date | None, bool | None]]:
    """The last end of a contract of each body that stays: name, end, whether it has a contract (None: unknown)."""
    made: dict[int, tuple[str, date | None, bool | None]] = {}
    for one in told:
        if one.relevance not in STAYING:
            continue
        name, end, has = made.get(one.organisation_id, (one.organisation, None, None))
        known = {"running": True, "none": False}.get(one.contract)
        if one.contract_until is not None and (end is None or one.contract_until > end):
            end = one.contract_until
        made[one.organisation_id] = (name, end, True if known or has else (known if has is None else has))
    return made


def by_intention(told: Iterable[Demand]) -> dict[Intention | None, set[str]]:
    """Bodies by what they mean to do: the strongest of what they say of their items; None: not asked yet."""
    rank = {Intention.JOIN: 4, Intention.CONDITIONAL: 3, Intention.UNKNOWN: 2, Intention.DECLINE: 1}
    best: dict[str, Intention | None] = {}
    for one in told:
        if one.relevance not in STAYING:
            continue
        said = INTENTIONS.get(one.intention)
        before = best.get(one.organisation)
        if one.organisation not in best or rank.get(said, 0) > rank.get(before, 0):  # type: ignore[arg-type]
            best[one.organisation] = said
    made: dict[Intention | None, set[str]] = defaultdict(set)
    for name, said in best.items():
        made[said].add(name)
    return dict(made)


def by_budget(told: Iterable[Demand]) -> dict[BudgetState, set[str]]:
    """Bodies by what money there is."""
    made: dict[BudgetState, set[str]] = defaultdict(set)
    for one in told:
        if one.relevance in STAYING and one.budget:
            made[BUDGETS[one.budget]].add(one.organisation)
    return dict(made)


def own_lines(told: Iterable[Demand]) -> list[Demand]:
    """What bodies want that was not asked about, and that is not joined to an item yet."""
    return [one for one in told if one.text and one.item_id is None]
