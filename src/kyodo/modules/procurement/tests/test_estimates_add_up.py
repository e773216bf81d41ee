"""Estimates are whole yen, low ≤ likely ≤ high, and the parts are the total, whatever companies said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyodo.modules.procurement.rules.case import ContractForm
from kyodo.modules.procurement.rules.estimate import (
    Amounts,
    BudgetClass,
    EstimateBasis,
    Span,
    amounts,
    by_class,
    months_in_first_year,
    percent_words,
    share,
    spread,
    total,
    unit_cost,
    usual_class,
    with_tax,
    without_tax,
)
from kyodo.modules.procurement.rules.market import FigureDraft

YEN = st.integers(0, 10**9)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be shared
PERCENTS = st.sampled_from([Decimal(0), Decimal(5), Decimal("7.8"), Decimal(8), Decimal(10)])


@st.composite
def said(draw: st.DrawFn) -> FigureDraft:
    """A company's figures as the rules let them in."""
    told: dict[str, int | None] = {}
    for side in ("initial", "yearly"):
        if draw(st.booleans()):
            low, likely, high = sorted(draw(st.lists(YEN, min_size=3, max_size=3)))
            told[f"{side}_likely"] = likely
            told[f"{side}_low"] = low if draw(st.booleans()) else None
            told[f"{side}_high"] = high if draw(st.booleans()) else None
    return FigureDraft(**told)


def in_order(span: Span) -> bool:
    return 0 <= span.low <= span.likely <= span.high


def whole(figures, quantity, percent, months, price=None) -> Amounts:
    cost = unit_cost(figures, own_price=price, form=ContractForm.SERVICE, percent=percent)
    return amounts(cost, quantity, percent=percent, months=months)


@UNHURRIED
@given(st.lists(said(), max_size=6), st.integers(0, 10**6), PERCENTS, st.integers(1, 12), st.none() | YEN)
def test_low_is_never_above_likely_nor_likely_above_high(figures, quantity, percent, months, price):
    told = whole(figures, quantity, percent, months, price)
    assert in_order(told.initial)
    assert in_order(told.yearly)
    assert in_order(told.first_year)


@UNHURRIED
@given(
    st.lists(st.tuples(st.sampled_from(BudgetClass), st.lists(said(), max_size=3), st.integers(0, 9999)), max_size=8),
    PERCENTS,
    st.integers(1, 12),
)
def test_the_sum_of_the_parts_is_the_total_by_class_and_by_item(lines, percent, months):
    parts = [(budget_class, whole(figures, quantity, percent, months)) for budget_class, figures, quantity in lines]
    assert total(by_class(parts).values()) == total(one for _class, one in parts)


@UNHURRIED
@given(st.lists(said(), min_size=1, max_size=6), st.integers(0, 9999), PERCENTS)
def test_a_whole_first_year_is_what_is_paid_once_and_a_year(figures, quantity, percent):
    told = whole(figures, quantity, percent, 12)
    assert told.first_year == told.initial + told.yearly


@given(YEN, PERCENTS)
def test_tax_taken_off_and_put_on_again_is_the_same_price(price, percent):
    assert with_tax(without_tax(price, percent), percent) in {price, price + 1}


@given(st.permutations([(None, 100, None), (80, 90, 130), (None, 400, None)]))
def test_it_does_not_matter_who_answered_first(order):
    assert spread(order) == Span(80, 100, 400)


def test_one_answer_is_said_to_be_one_and_none_falls_back_on_the_own_price():
    one = unit_cost(
        [FigureDraft(initial_likely=100)], own_price=55_000, form=ContractForm.PURCHASE, percent=Decimal(10)
    )
    assert (one.basis, one.initial) == (EstimateBasis.ONE, Span(100, 100, 100))
    own = unit_cost([], own_price=55_000, form=ContractForm.PURCHASE, percent=Decimal(10))
    assert (own.basis, own.initial, own.yearly) == (EstimateBasis.OWN_PRICE, Span(50_000, 50_000, 50_000), Span())
    assert unit_cost([], own_price=None, form=ContractForm.LEASE, percent=Decimal(10)).basis is EstimateBasis.NOTHING


def test_an_unknown_quantity_comes_to_nothing():
    assert whole([FigureDraft(initial_likely=100)], None, Decimal(10), 12) == Amounts()


@pytest.mark.parametrize(
    ("starts_on", "months", "paid"),
    [(date(2027, 4, 1), 60, 12), (date(2027, 9, 1), 60, 7), (date(2028, 3, 1), 60, 1), (date(2027, 4, 1), 3, 3)],
)
def test_only_the_months_of_the_first_fiscal_year_are_asked_for(starts_on, months, paid):
    assert months_in_first_year(starts_on, months) == paid


def test_the_usual_class_follows_form_and_kind():
    assert usual_class(ContractForm.PURCHASE, "terminals") is BudgetClass.EQUIPMENT
    assert usual_class(ContractForm.LEASE, "terminals") is BudgetClass.RENT
    assert usual_class(ContractForm.SERVICE, "audit") is BudgetClass.COMMISSION
    assert usual_class(ContractForm.SERVICE, "licences") is BudgetClass.RENT
    assert usual_class(ContractForm.SERVICE, "electricity") is BudgetClass.SUPPLIES


def test_rates_and_shares_are_told_without_idle_figures():
    assert (percent_words(Decimal("10.00")), percent_words(Decimal("7.80"))) == ("10", "7.8")
    assert (share(50, 200), share(1, 0)) == (25, None)
