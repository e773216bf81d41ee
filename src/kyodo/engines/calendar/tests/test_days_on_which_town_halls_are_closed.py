"""Town halls are closed at weekends, on national holidays and at the turn of the year."""

from __future__ import annotations

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.engines import calendar
from kyodo.engines.calendar import closed

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_the_examples_are_true():
    assert doctest.testmod(closed).failed == 0


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 5, 6),  # 振替休日
        date(2026, 9, 22),  # 国民の休日: between two holidays
        date(2019, 4, 30),  # by a law of its own
        date(2026, 12, 29),
        date(2027, 1, 3),
    ],
)
def test_substitute_and_in_between_days_and_the_turn_of_the_year_are_closed(day: date):
    assert not calendar.is_business_day(day)
    assert calendar.holiday_name(day)


@pytest.mark.parametrize("day", [date(2026, 12, 28), date(2027, 1, 4)])
def test_the_days_around_the_turn_of_the_year_are_open(day: date):
    assert calendar.is_business_day(day)


def test_what_one_body_closes_besides_is_closed_for_it_alone():
    own = frozenset({date(2026, 10, 1)})
    assert calendar.is_business_day(date(2026, 10, 1))
    assert not calendar.is_business_day(date(2026, 10, 1), also=own)
    assert calendar.next_business_day(date(2026, 9, 30), also=own) == date(2026, 10, 2)


@given(DAYS)
def test_the_nearest_open_days_are_open_and_nothing_open_lies_between(day: date):
    after, before = calendar.next_business_day(day), calendar.last_business_day(day)
    assert before <= day < after
    assert calendar.is_business_day(after)
    assert calendar.is_business_day(before)
    assert calendar.business_days_between(before, after) == 1


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_open_days_of_two_spans_add_up(day: date, first: int, second: int):
    middle, end = day + timedelta(days=first), day + timedelta(days=first + second)
    parts = calendar.business_days_between(day, middle) + calendar.business_days_between(middle, end)
    assert calendar.business_days_between(day, end) == parts
