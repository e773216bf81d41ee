"""Eras turn on their day, fiscal years on 1 April, weekdays are right."""

import doctest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kyodo.engines.calendar import era_year, fiscal_year, fiscal_year_words, full_date, japanese, short_date


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(japanese).failed == 0


def test_an_era_turns_on_its_first_day():
    assert era_year(date(1989, 1, 7)) == "昭和64年"
    assert era_year(date(1989, 1, 8)) == "平成元年"
    assert era_year(date(1926, 12, 24)) == "大正15年"
    assert era_year(date(1873, 1, 1)) == "明治6年"


def test_the_fiscal_year_of_the_spring_in_which_the_era_turned_is_named_after_the_new_era():
    assert fiscal_year_words(date(2019, 4, 1)) == "令和元年度"


@given(st.dates(min_value=date(1873, 1, 2), max_value=date(2200, 1, 1)))
def test_the_fiscal_year_changes_on_the_first_of_april_and_on_no_other_day(day):
    turned = fiscal_year(day) != fiscal_year(day - timedelta(days=1))
    assert turned == ((day.month, day.day) == (4, 1))


def test_lists_leave_the_year_out_only_within_the_fiscal_year():
    assert short_date(date(2026, 3, 31), today=date(2026, 4, 1)) == "2026年3月31日"
    assert short_date(date(2027, 3, 31), today=date(2026, 4, 1)) == "3月31日"
    assert full_date(date(2026, 11, 24)) == "2026年11月24日(火)"
