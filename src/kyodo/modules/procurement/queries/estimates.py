"""予算要求用見積 as each reader may see it: a body its own, coordinators and auditors all; never a company."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from kyodo.core.access.actor import Actor
from kyodo.core.proxy import marks as proxy
from kyodo.core.statutes.queries import books_of
from kyodo.modules.procurement.models import BudgetResult, CaseMember, Estimate, EstimateLine, RequestForInformation
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries.cases import buying_member, sees_all, visible_to
from kyodo.modules.procurement.queries.market import figures_by_item
from kyodo.modules.procurement.queries.results import current_lines
from kyodo.modules.procurement.rules.case import BUYING, CaseState
from kyodo.modules.procurement.rules.estimate import (
    BUDGET_KIND,
    Amounts,
    BudgetClass,
    EstimateBasis,
    Span,
    UnitCost,
    amounts,
    by_class,
    total,
)
from kyodo.modules.procurement.rules.market import FIGURES, FigureDraft
from kyodo.modules.procurement.rules.survey import STAYING, BudgetState, Intention


@dataclass(frozen=True, slots=True)
class EstimateLineRow:
    """An item of a version, with what it comes to."""

    item_id: int
    name: str
    unit: str
    quantity: int | None
    is_about: bool
    budget_class: BudgetClass
    cost: UnitCost
    amounts: Amounts


@dataclass(frozen=True)
class EstimateRow:
    """A version of a body's estimate, whole."""

    id: int
    case_id: int
    organisation_id: int
    organisation: str
    code: str
    number: int
    made_at: datetime
    made_by: str
    fiscal_year: int
    due_on: date
    is_due_assumed: bool
    tax_percent: Decimal
    months: int
    confirmed_at: datetime | None
    confirmed_by: str
    lines: tuple[EstimateLineRow, ...] = ()

    @cached_property
    def total(self) -> Amounts:
        """The sum of all lines."""
        return total(line.amounts for line in self.lines)

    @cached_property
    def classes(self) -> dict[BudgetClass, Amounts]:
        """The sums by 節."""
        return by_class((line.budget_class, line.amounts) for line in self.lines)

    def at(self, percent: Decimal) -> Amounts:
        """The sum at another rate of tax."""
        return total(amounts(line.cost, line.quantity, percent=percent, months=self.months) for line in self.lines)


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """What a body got in its budget."""

    id: int
    organisation_id: int
    kind: BudgetState
    yen: int
    decided_on: date
    note: str
    recorded_at: datetime
    recorded_by: str
    revision: int
    by_proxy: str | None


@dataclass(frozen=True, slots=True)
class BodyEstimate:
    """A body in the list: its latest version (None where nothing was handed out yet), what it got."""

    organisation_id: int
    organisation: str
    code: str
    estimate: EstimateRow | None
    budgets: tuple[BudgetRow, ...]

    @property
    def got(self) -> int | None:
        """All that it got; None where it has not said."""
        return sum(row.yen for row in self.budgets) if self.budgets else None


@dataclass(slots=True)
class Demanded:
    """What a body wants of an item by its survey: a number where it said one, and its own present price."""

    quantity: int | None = None
    is_about: bool = False
    price: int | None = None
    form: str = ""


HEAD = (
    "id",
    "case_id",
    "organisation_id",
    "organisation__name",
    "organisation__code",
    "number",
    "made_at",
    "made_by",
    "fiscal_year",
    "due_on",
    "is_due_assumed",
    "tax_percent",
    "months",
    "confirmed_at",
    "confirmed_by",
)
LINE = ("item_id", "name", "unit", "quantity", "is_about", "budget_class", "basis", "answers", *FIGURES)


def seen_by(actor: Actor, case_id: int) -> QuerySet[Estimate]:
    """The estimates of a case that the actor may read: all; or those of the own body."""
    if not visible_to(actor).filter(pk=case_id).exists():
        return Estimate.objects.none()
    found = Estimate.objects.filter(case_id=case_id)
    return found if sees_all(actor) else found.filter(organisation_id=actor.organisation_id or 0)


def versions(actor: Actor, case_id: int, organisation_id: int) -> list[EstimateRow]:
    """A body's versions, the newest first; nothing where the actor may not read them."""
    return rows(seen_by(actor, case_id).filter(organisation_id=organisation_id).order_by("-number"))


def budgets_seen_by(actor: Actor, case_id: int, *, of: int | None = None) -> list[BudgetRow]:
    """What bodies (or the one `of` which) got: for coordinators and auditors of all, for a body its own."""
    if not visible_to(actor).filter(pk=case_id).exists():
        return []
    found = BudgetResult.objects.filter(case_id=case_id)
    if not sees_all(actor):
        found = found.filter(organisation_id=actor.organisation_id or 0)
    if of is not None:
        found = found.filter(organisation_id=of)
    names = ("id", "organisation_id", "kind", "yen", "decided_on", "note", "recorded_at", "recorded_by", "revision")
    return [
        BudgetRow(key, body, BudgetState(kind), *rest)
        for key, body, kind, *rest in found.values_list(*names, proxy.state_of(BUDGET_KIND))
    ]


def by_body(actor: Actor, case_id: int) -> list[BodyEstimate]:
    """The bodies that buy, each with its latest version and what it got; a body sees its own line only."""
    if not visible_to(actor).filter(pk=case_id).exists():
        return []
    members = CaseMember.objects.filter(case_id=case_id, left_at=None, role__in=BUYING)
    if not sees_all(actor):
        members = members.filter(organisation_id=actor.organisation_id or 0)
    latest = {row.organisation_id: row for row in rows(seen_by(actor, case_id).order_by("number"))}
    got: dict[int, list[BudgetRow]] = defaultdict(list)
    for row in budgets_seen_by(actor, case_id):
        got[row.organisation_id].append(row)
    names = ("organisation_id", "organisation__name", "organisation__code")
    return [
        BodyEstimate(body, name, code or "", latest.get(body), tuple(got[body]))
        for body, name, code in members.values_list(*names)
    ]


def rows(found: QuerySet[Estimate]) -> list[EstimateRow]:
    """Frozen versions with their lines, in two queries."""
    heads = [dict(zip(HEAD, values, strict=True)) for values in found.values_list(*HEAD)]
    costs: dict[int, list[EstimateLineRow]] = defaultdict(list)
    terms = {head["id"]: (head["tax_percent"], head["months"]) for head in heads}
    lines = EstimateLine.objects.filter(estimate_id__in=list(terms)).values_list("estimate_id", *LINE)
    for key, item, name, unit, quantity, is_about, budget_class, basis, answers, *figures in lines:
        cost = UnitCost(Span(*figures[:3]), Span(*figures[3:]), answers, EstimateBasis(basis))
        percent, months = terms[key]
        told = amounts(cost, quantity, percent=percent, months=months)
        line = EstimateLineRow(item, name, unit, quantity, is_about, BudgetClass(budget_class), cost, told)
        costs[key].append(line)
    return [
        EstimateRow(
            organisation=head.pop("organisation__name"),
            code=head.pop("organisation__code") or "",
            lines=tuple(costs[head["id"]]),
            **head,
        )
        for head in heads
    ]


def estimate_held_by(actor: Actor, case_id: int) -> Estimate | None:
    """The latest version of the own body (or the one they enter for), to be confirmed."""
    if buying_member(actor, Permission.COMMIT, case_id) is None:
        return None
    found = Estimate.objects.select_related("case").filter(case_id=case_id)
    return found.filter(organisation_id=actor.organisation_id or 0).order_by("-number").first()


def demanded(case_id: int, *, only: int | None = None) -> dict[int, dict[int, Demanded]]:
    """What each body (or `only` one) wants of the items by its survey: body → item.

    What has nothing to do with it, what it declines, and what is counted or priced in other units is left out.
    """
    told: dict[int, dict[int, Demanded]] = defaultdict(dict)
    found = current_lines(case_id).filter(relevance__in=STAYING).exclude(intention=Intention.DECLINE)
    found = found.exclude(item=None)
    if only is not None:
        found = found.filter(response__organisation_id=only)
    names = ("response__organisation_id", "item_id", "item__unit", "unit", "quantity", "is_about")
    for body, item, item_unit, unit, quantity, is_about, price, form in found.values_list(
        *names, "unit_price_yen", "form"
    ):
        one = told[body].setdefault(item, Demanded())
        one.form = one.form or form
        if unit not in {"", item_unit}:
            continue
        one.price = price if one.price is None else one.price
        if quantity is not None:
            one.quantity = (one.quantity or 0) + quantity
            one.is_about = one.is_about or is_about
    return dict(told)


def market_figures(case_id: int) -> dict[int, list[FigureDraft]]:
    """All companies' figures by item."""
    rfi = RequestForInformation.objects.filter(case_id=case_id).values_list("pk", flat=True).first()
    return {} if rfi is None else figures_by_item(rfi)


def last_classes(case_id: int) -> dict[int, BudgetClass]:
    """The 節 of each item as it was chosen the last time."""
    found = EstimateLine.objects.filter(estimate__case_id=case_id).order_by("id")
    return {item: BudgetClass(word) for item, word in found.values_list("item_id", "budget_class")}


def tax_percents(bodies: list[int], on: date) -> dict[int, Decimal]:
    """The rate of tax for each body on a day, by the dated rows of law; those without a row are left out."""
    found = {key: book.rule_for("consumption_tax", on=on).value for key, book in books_of(bodies).items()}
    return {key: value for key, value in found.items() if value is not None}


def waiting(actor: Actor) -> list[tuple[int, str, date, datetime]]:
    """Estimates that wait for the actor's body: case, title, until when, since when."""
    if not actor.may(Permission.COMMIT) or actor.organisation_id is None:
        return []
    inside = CaseMember.objects.filter(
        organisation_id=actor.organisation_id,
        left_at=None,
        role__in=BUYING,
        case__state__in=(CaseState.MARKET, CaseState.COMMITMENT),
    )
    cases = visible_to(actor).filter(pk__in=inside.values("case_id"))
    found = Estimate.objects.filter(case__in=cases, organisation_id=actor.organisation_id).order_by("number")
    told = {}
    for case, title, due_on, made_at, confirmed_at in found.values_list(
        "case_id", "case__title", "due_on", "made_at", "confirmed_at"
    ):
        told[case] = None if confirmed_at else (case, title, due_on, made_at)
    return [one for one in told.values() if one is not None]
