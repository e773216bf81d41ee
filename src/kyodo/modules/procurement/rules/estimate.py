"""予算要求用見積: low, likely and high for a body's own quantities, from what companies said; whole yen. Pure.

The rule, as it stands on the paper: of the companies' likely figures for an item the median is likely; low is the
lowest of their low figures (of their likely one where none was given), high the highest. One answer only is said so.
Without an answer the body's own present unit price stands in, marked. Tax is computed item by item and cut off below
one yen, so that the sum of the parts is the total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kyodo.core.faults import Fault, fault_of_text
from kyodo.core.plain_number import plain
from kyodo.engines.words import _
from kyodo.modules.procurement.rules.case import ContractForm
from kyodo.modules.procurement.rules.market import MOST_YEN, FigureDraft
from kyodo.modules.procurement.rules.survey import BudgetState

ESTIMATE_KIND = "procurement.estimate"
BUDGET_KIND = "procurement.budget"
NOTE_LENGTH = (0, 500)
FARTHEST_PAST = date(2000, 4, 1)


class BudgetClass(StrEnum):
    """How a budget names what money is spent on."""

    SUPPLIES = "supplies"
    FEES = "fees"
    COMMISSION = "commission"
    RENT = "rent"
    WORKS = "works"
    EQUIPMENT = "equipment"


CLASS_WORDS: dict[BudgetClass, str] = {
    BudgetClass.SUPPLIES: _("需用費"),
    BudgetClass.FEES: _("役務費"),
    BudgetClass.COMMISSION: _("委託料"),
    BudgetClass.RENT: _("使用料及び賃借料"),
    BudgetClass.WORKS: _("工事請負費"),
    BudgetClass.EQUIPMENT: _("備品購入費"),
}
OF_FORM: dict[ContractForm, BudgetClass] = {
    ContractForm.PURCHASE: BudgetClass.EQUIPMENT,
    ContractForm.LEASE: BudgetClass.RENT,
    ContractForm.SERVICE: BudgetClass.COMMISSION,
    ContractForm.WORKS: BudgetClass.WORKS,
}
# Kinds of which most bodies enter services or purchases otherwise: use of a cloud, electricity, printed paper.
OF_KIND: dict[tuple[str, ContractForm], BudgetClass] = {
    ("licences", ContractForm.SERVICE): BudgetClass.RENT,
    ("cloud", ContractForm.SERVICE): BudgetClass.RENT,
    ("electricity", ContractForm.SERVICE): BudgetClass.SUPPLIES,
    ("electricity", ContractForm.PURCHASE): BudgetClass.SUPPLIES,
    ("printing", ContractForm.PURCHASE): BudgetClass.SUPPLIES,
    ("printing", ContractForm.SERVICE): BudgetClass.SUPPLIES,
}


def usual_class(form: ContractForm, kind: str) -> BudgetClass:
    """The 節 under which an item usually stands; coordinators may say another."""
    return OF_KIND.get((kind, form), OF_FORM[form])


class EstimateBasis(StrEnum):
    """From what a line is made."""

    SPREAD = "spread"
    ONE = "one"
    OWN_PRICE = "own_price"
    NOTHING = "nothing"


BASIS_WORDS: dict[EstimateBasis, str] = {
    EstimateBasis.SPREAD: _("企業の回答"),
    EstimateBasis.ONE: _("1社だけの回答"),
    EstimateBasis.OWN_PRICE: _("いまの単価（回答なし・要確認）"),
    EstimateBasis.NOTHING: _("金額なし（回答も単価もない）"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Low, likely, high, in whole yen."""

    low: int = 0
    likely: int = 0
    high: int = 0

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.likely + other.likely, self.high + other.high)


@dataclass(frozen=True, slots=True)
class UnitCost:
    """What one unit costs without tax, once and a year; how many companies said so."""

    initial: Span
    yearly: Span
    answers: int
    basis: EstimateBasis


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a body pays with tax: once, in a whole year, and in the first fiscal year together."""

    initial: Span = Span()
    yearly: Span = Span()
    first_year: Span = Span()

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.initial + other.initial, self.yearly + other.yearly, self.first_year + other.first_year)


def whole_term(amounts: Amounts, months: int) -> int:
    """What is likely paid over a whole term of months, in yen; a part of a year is rounded up."""
    return amounts.initial.likely - (-amounts.yearly.likely * months // 12)


@dataclass(frozen=True, slots=True)
class BudgetDraft:
    """What a body got in its budget: yen with tax, in the first or a supplementary one (or none), when, a note."""

    kind: BudgetState
    yen: int
    decided_on: date
    note: str = ""


def spread(said: Iterable[tuple[int | None, int | None, int | None]]) -> Span | None:
    """(low, likely, high) of several companies as one span; None where nobody gave a likely figure.

    >>> spread([(None, 100, 130), (90, 120, None), (None, 110, None)])
    Span(low=90, likely=110, high=130)
    """
    known = [(low, likely, high) for low, likely, high in said if likely is not None]
    if not known:
        return None
    middle = sorted(likely for _low, likely, _high in known)
    half = len(middle) // 2
    likely = middle[half] if len(middle) % 2 else (middle[half - 1] + middle[half]) // 2
    low = min(likely_one if low_one is None else low_one for low_one, likely_one, _high in known)
    high = max(likely_one if high_one is None else high_one for _low, likely_one, high_one in known)
    return Span(low, likely, high)


def unit_cost(
    figures: Sequence[FigureDraft], *, own_price: int | None, form: ContractForm, percent: Decimal
) -> UnitCost:
    """What a unit costs by the companies' figures; else by the body's present price (with tax), where it said one."""
    initial = spread((one.initial_low, one.initial_likely, one.initial_high) for one in figures)
    yearly = spread((one.yearly_low, one.yearly_likely, one.yearly_high) for one in figures)
    if initial is not None or yearly is not None:
        count = sum(one.initial_likely is not None or one.yearly_likely is not None for one in figures)
        basis = EstimateBasis.ONE if count == 1 else EstimateBasis.SPREAD
        return UnitCost(initial or Span(), yearly or Span(), count, basis)
    if own_price is None:
        return UnitCost(Span(), Span(), 0, EstimateBasis.NOTHING)
    net = without_tax(own_price, percent)
    span = Span(net, net, net)
    is_once = form in {ContractForm.PURCHASE, ContractForm.WORKS}
    return UnitCost(span if is_once else Span(), Span() if is_once else span, 0, EstimateBasis.OWN_PRICE)


def amounts(cost: UnitCost, quantity: int | None, *, percent: Decimal, months: int) -> Amounts:
    """What a quantity costs with tax; `months` of the first fiscal year are paid, rounded up to whole yen."""
    if quantity is None:
        return Amounts()
    initial = _each(cost.initial, lambda yen: with_tax(yen * quantity, percent))
    yearly = _each(cost.yearly, lambda yen: with_tax(yen * quantity, percent))
    part = _each(cost.yearly, lambda yen: with_tax(-(-yen * quantity * months // 12), percent))
    return Amounts(initial, yearly, initial + part)


def total(parts: Iterable[Amounts]) -> Amounts:
    """The sum of parts."""
    return sum(parts, Amounts())


def by_class(parts: Iterable[tuple[BudgetClass, Amounts]]) -> dict[BudgetClass, Amounts]:
    """Sums by 節, in their order; those of which there is nothing are left out."""
    told: dict[BudgetClass, Amounts] = {}
    for budget_class, one in parts:
        told[budget_class] = told.get(budget_class, Amounts()) + one
    return {budget_class: told[budget_class] for budget_class in BudgetClass if budget_class in told}


def with_tax(yen: int, percent: Decimal) -> int:
    """A sum with tax, cut off below one yen.

    >>> with_tax(999, Decimal(10)), with_tax(105, Decimal("7.8"))
    (1098, 113)
    """
    return yen + yen * int(percent * 100) // 10_000


def without_tax(yen: int, percent: Decimal) -> int:
    """The least sum that is `yen` with tax."""
    return -(-yen * 10_000 // (10_000 + int(percent * 100)))


def months_in_first_year(starts_on: date, months: int) -> int:
    """How many months of a contract lie in the fiscal year in which it begins.

    >>> months_in_first_year(date(2027, 9, 1), 60), months_in_first_year(date(2027, 4, 1), 6)
    (7, 6)
    """
    return min(months, 12 - (starts_on.month - 4) % 12)


def faults_of_budget(draft: BudgetDraft, *, today: date) -> list[Fault]:
    """Everything that is wrong with what a body says it got."""
    found = list(fault_of_text("note", draft.note, NOTE_LENGTH))
    if not 0 <= draft.yen <= MOST_YEN:
        found.append(Fault("yen", _("0円から1兆円までの整数で入力してください。")))
    elif draft.kind is BudgetState.NONE and draft.yen:
        found.append(Fault("yen", _("予算が付かなかったときは、0円にしてください。")))
    elif draft.kind is not BudgetState.NONE and not draft.yen:
        found.append(Fault("yen", _("予算額を入力してください。付かなかったときは「予算なし」を選んでください。")))
    if draft.kind is BudgetState.UNKNOWN:
        found.append(Fault("kind", _("当初予算・補正予算・予算なしのどれかを選んでください。")))
    if not FARTHEST_PAST <= draft.decided_on <= today:
        found.append(Fault("decided_on", _("予算が決まった日（今日まで）を入力してください。")))
    return found


def share(part: int, whole: int) -> int | None:
    """A part in whole percent, cut off; None of nothing."""
    return part * 100 // whole if whole else None


def _each(span: Span, change: Callable[[int], int]) -> Span:
    return Span(change(span.low), change(span.likely), change(span.high))


def percent_words(percent: Decimal) -> str:
    """A rate without idle zeros.

    >>> percent_words(Decimal("10.00")), percent_words(Decimal("7.80"))
    ('10', '7.8')
    """
    return str(plain(percent))
