"""What Excel and people do to values is mended where it has one reading, and named where it has not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core.sheets import rules, values
from kyodo.core.sheets.values import Unreadable
from kyodo.engines.calendar.japanese import era_year

NUMBERS = {
    "1,200円": 1200,
    "１，２００": 1200,
    "¥1,200": 1200,
    "￥1,200": 1200,
    "3千円": 3000,
    "1.5百万円": 1_500_000,
    "２万": 20_000,
    " 12 ": 12,
    "△12": -12,
    "▲1,200円": -1200,
    "（12）": -12,
    "−12": -12,
    "-12": -12,
    "0": 0,
    12: 12,
    -3.0: -3,
    1e15: 10**15,
}


@pytest.mark.parametrize("raw", NUMBERS)
def test_numbers_are_read(raw):
    assert values.whole(raw, unit="円") == NUMBERS[raw]


@pytest.mark.parametrize(
    "raw",
    [
        "約100",
        "1,20",
        "12,00,000",
        "100〜200",
        "1.5",
        1.5,
        "12人",
        "不明",
        "1 万5千",
        "--5",
        "",
        True,
        date(2026, 1, 2),
    ],
)
def test_what_has_no_single_reading_is_no_number(raw):
    with pytest.raises(Unreadable):
        values.whole(raw, unit="円")


@given(st.integers(-(10**12), 10**12))
def test_a_number_comes_back_however_it_is_written(number):
    grouped = f"{abs(number):,}"
    wide = grouped.translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))
    for written in (number, str(number), float(number), f"{number:,}"):
        assert values.whole(written) == number
    if number < 0:
        assert values.whole(f"△{grouped}") == values.whole(f"（{wide}）") == number
    else:
        assert values.whole(wide) == values.whole(f"{grouped}円", unit="円") == number


@pytest.mark.parametrize(
    "raw",
    [
        "2027/4/1", "2027-04-01", "2027年4月1日", "２０２７年４月１日", "令和9年4月1日", "令和 9年 4月 1日",
        "R9.4.1", "r9/4/1",
        "Ｒ９．４．１", "20270401", "2027.4.1",
        date(2027, 4, 1), datetime(2027, 4, 1, 9, 30, tzinfo=UTC), 46478, 46478.0, "46478",
    ],
)  # fmt: skip
def test_days_are_read(raw):
    assert values.day(raw) == "2027-04-01"


def test_the_first_year_of_an_era_and_old_eras_are_read():
    assert values.day("令和元年5月1日") == "2019-05-01"
    assert values.day("S64.1.7") == "1989-01-07"
    assert values.day("平成31年4月30日") == "2019-04-30"


@pytest.mark.parametrize(
    "raw", ["4/1", "2027年4月", "2027/2/30", "来年度", "令和9年", "X9.4.1", 5, 99999999, "31/12/2027", True]
)
def test_what_has_no_single_reading_is_no_day(raw):
    with pytest.raises(Unreadable):
        values.day(raw)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_day_comes_back_however_it_is_written(day):
    serial = (day - date(1899, 12, 30)).days
    japanese = f"{era_year(day)}{day.month}月{day.day}日"
    for written in (day, serial, float(serial), f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", japanese):
        assert values.day(written) == day.isoformat()


def test_leading_zeros_are_put_back_and_longer_codes_named():
    assert values.code(1234.0, digits=6) == "001234"
    assert values.code("１２３４", digits=6) == "001234"
    for raw in ("1234567", "12a4", "", "1.5"):
        with pytest.raises(Unreadable):
            values.code(raw, digits=6)


def test_choices_are_read_in_any_width_and_language_and_others_named_with_the_choices():
    words = {"it": ["ＩＴ・端末", "IT and devices"], "school": ["学校", "Schools"]}
    for raw in ("IT・端末", "ＩＴ・端末 ", "it and devices", "it"):
        assert values.choice(raw, words=words) == "it"
    with pytest.raises(Unreadable) as fault:
        values.choice("学校など", words=words)
    assert fault.value.facts == {"value": "学校など", "choices": "ＩＴ・端末・学校"}


def test_texts_keep_what_was_written():
    assert values.text("  一行目\r\n二行目 ") == "一行目\n二行目"
    assert values.text(12.0) == "12"
    assert values.text(date(2027, 4, 1)) == "2027/04/01"


def drawn(data):
    return rules.new_number(lambda signs: data.draw(st.sampled_from(signs)))


@given(st.data())
def test_a_return_number_is_recognised_however_it_is_retyped(data):
    number = drawn(data)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    for written in (
        number,
        number.lower(),
        number.replace("-", ""),
        wide,
        f"相談の補記_{number} (2).xlsx",
        number.replace("-", "−"),
        number.replace("-", " "),
    ):
        assert rules.numbers_in(written) == ({number}, set())


@given(st.data())
def test_one_wrong_sign_or_two_exchanged_ones_are_noticed(data):
    number = drawn(data)
    signs = list(number.replace("-", "")[2:])
    one, two = sorted(data.draw(st.sets(st.integers(0, 7), min_size=2, max_size=2)))
    changed = signs.copy()
    changed[one] = data.draw(st.sampled_from([sign for sign in rules.SIGNS if sign != signs[one]]))
    swapped = signs.copy()
    swapped[one], swapped[two] = signs[two], signs[one]
    for wrong in (changed, swapped):
        if wrong != signs:
            assert rules.numbers_in("KY-" + "".join(wrong))[0] == set()
