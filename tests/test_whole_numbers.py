"""What a browser sends where a number belongs is a number that a database takes, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core.whole_numbers import whole_number, whole_numbers
from tests.region import Region


@given(st.text())
def test_any_text_is_a_number_of_64_bits_or_none(text: str):
    number = whole_number(text)
    assert number is None or 0 <= number < 2**63


@pytest.mark.parametrize("text", ["", "-1", "1.0", "1e3", "１２", "²", " 1", "9" * 19, "9" * 5000])
def test_what_is_none_is_none(text: str):
    assert whole_number(text) is None


def test_each_number_comes_once_in_the_order_sent():
    assert whole_numbers(["7", "x", "3", "007", ""]) == [7, 3]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/needs/?page={}", "/search/?q=x&page={}", "/needs/merge/?ids={}"])
def test_a_page_opens_whatever_stands_there(region: Region, address: str):
    browser = region.coordinator.browser()
    for text in ("9" * 5000, "１", "²", "-1"):
        assert browser.get(address.format(text)).status_code == 200
