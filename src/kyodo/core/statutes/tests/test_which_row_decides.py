"""Which row decides for a body on a day: three levels, the law's floors and ceilings, classes, core cities, unions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core.statutes.edition import lines
from kyodo.core.statutes.rules import RULES, BodyClass, Book, Bound, Level, Row, Sure
from kyodo.core.statutes.rules.book import BEYOND, NATIONAL, NO_CLASS, NOTHING, OF_CLASS, OWN
from kyodo.core.statutes.rules.catalogue import unit_of

TODAY = date(2026, 12, 1)
YEN = 10_000
KINDS = ("works", "purchase", "lease", "sale", "lend", "other")


def shared() -> list[Row]:
    told = []
    for number, line in enumerate(lines(), start=1):
        facts = dict(line.fields)
        body_class = facts.pop("body_class")
        told.append(
            Row(
                id=number,
                organisation_id=None,
                body_class=BodyClass(body_class) if body_class else None,
                level=Level(facts.pop("level")),
                sure=Sure(facts.pop("sure")),
                **facts,
            )
        )
    return told


SHARED = tuple(shared())


def book(body_class: BodyClass | None, *own: Row, is_group: bool = False) -> Book:
    return Book(7, body_class, (*SHARED, *own), is_group=is_group)


def own(rule: str, kind: str = "", *, value: int | None = None, **told: Any) -> Row:
    facts = {"valid_from": date(2000, 4, 1), "valid_until": None, **told}
    return Row(
        id=900,
        rule=rule,
        kind=kind,
        level=Level.BODY,
        body_class=None,
        organisation_id=7,
        value=None if value is None else Decimal(value),
        unit=unit_of(rule, kind),
        article="第3条",
        sure=Sure.SEEN,
        **facts,
    )


# Written by hand from the order's tables: class → amounts in tens of thousands of yen.
VOTES = {
    "council_vote_works": {"P": 50_000, "D": 30_000, "C": 15_000, "T": 5_000},
    "council_vote_property": {"P": 7_000, "D": 4_000, "C": 2_000, "T": 700},
}
CEILINGS = {
    "2025-03-31": {"PD": (250, 160, 80, 50, 30, 100), "CT": (130, 80, 40, 30, 30, 50)},
    "2025-04-01": {"PD": (400, 300, 150, 100, 50, 200), "CT": (200, 150, 80, 50, 30, 100)},
}
WTO = {"2026-03-31": (3_600, 3_600, 27_000, 272_000), "2026-04-01": (4_000, 4_000, 30_000, 302_000)}


@pytest.mark.parametrize("rule", VOTES)
def test_the_councils_vote_begins_where_the_order_says(rule: str):
    for letter, amount in VOTES[rule].items():
        decided = book(BodyClass(letter)).rule_for(rule, on=TODAY)
        assert (decided.value, decided.why) == (Decimal(amount * YEN), OF_CLASS)


@pytest.mark.parametrize("day", CEILINGS)
def test_small_contracts_end_at_the_ceiling_of_the_day(day: str):
    for letters, amounts in CEILINGS[day].items():
        for letter in letters:
            for kind, amount in zip(KINDS, amounts, strict=True):
                decided = book(BodyClass(letter)).rule_for("small_contract_ceiling", kind, on=date.fromisoformat(day))
                assert decided.value == amount * YEN


@pytest.mark.parametrize("day", WTO)
def test_the_thresholds_of_the_agreement_change_on_the_first_of_april(day: str):
    kinds = ("goods", "services", "technical", "construction")
    for letter in "PD":
        for kind, amount in zip(kinds, WTO[day], strict=True):
            decided = book(BodyClass(letter)).rule_for("wto_threshold", kind, on=date.fromisoformat(day))
            assert decided.value == amount * YEN
    for letter in "CT":
        assert book(BodyClass(letter)).rule_for("wto_threshold", "goods", on=date.fromisoformat(day)).row is None


@pytest.mark.parametrize(
    ("day", "rate"), [("2014-03-31", None), ("2014-04-01", 8), ("2019-09-30", 8), ("2019-10-01", 10)]
)
def test_the_tax_of_a_day(day: str, rate: int | None):
    assert book(BodyClass.T).rule_for("consumption_tax", on=date.fromisoformat(day)).value == rate


@pytest.mark.parametrize(
    ("day", "rate"), [("2016-04-01", "2.8"), ("2017-04-01", "2.7"), ("2021-03-31", "2.6"), ("2026-03-31", "2.5")]
)
def test_the_interest_of_a_day_and_the_day_from_which_nobody_has_seen_it(day: str, rate: str):
    assert book(BodyClass.T).rule_for("late_interest_rate", on=date.fromisoformat(day)).value == Decimal(rate)
    unseen = book(BodyClass.T).rule_for("late_interest_rate", on=date(2026, 4, 1))
    assert unseen.row is not None
    assert (unseen.value, unseen.row.sure) == (None, Sure.UNSURE)


def test_the_bodys_own_row_decides_and_the_others_are_shown():
    decided = book(BodyClass.T, own("council_vote_property", value=10_000_000)).rule_for(
        "council_vote_property", on=TODAY
    )
    assert (decided.value, decided.why, decided.is_own) == (Decimal(10_000_000), OWN, True)
    assert [row.level for row in decided.rows] == [Level.BODY, Level.CLASS]
    before = book(BodyClass.T, own("council_vote_property", value=10_000_000, valid_from=date(2027, 4, 1)))
    assert before.rule_for("council_vote_property", on=date(2027, 3, 31)).value == 7_000_000
    assert before.rule_for("council_vote_property", on=date(2027, 4, 1)).value == 10_000_000


def test_what_a_body_may_not_set_never_decides():
    low = book(BodyClass.T, own("council_vote_property", value=6_999_999)).rule_for("council_vote_property", on=TODAY)
    assert (low.value, low.why) == (Decimal(7_000_000), BEYOND)
    high = book(BodyClass.T, own("small_contract_ceiling", "purchase", value=1_500_001))
    assert high.rule_for("small_contract_ceiling", "purchase", on=TODAY).value == 1_500_000
    right = book(BodyClass.T, own("small_contract_ceiling", "purchase", value=800_000))
    assert right.rule_for("small_contract_ceiling", "purchase", on=TODAY).value == 800_000


def test_a_core_city_has_rows_of_its_own_from_the_day_on_which_it_is_one():
    city = book(BodyClass.C, own("core_city", valid_from=date(2020, 4, 1)))
    assert city.rule_for("epa_core_city", "goods", on=date(2024, 6, 1)).value == 36_000_000
    assert city.rule_for("epa_core_city", "goods", on=date(2020, 3, 31)).row is None
    assert book(BodyClass.C).rule_for("epa_core_city", "goods", on=date(2024, 6, 1)).row is None
    assert city.rule_for("council_vote_property", on=TODAY).value == 20_000_000


@pytest.mark.parametrize(("kind", "amount"), [("P", 70_000_000), ("C", 20_000_000), ("T", 7_000_000)])
def test_a_union_is_what_its_members_make_it(kind: str, amount: int):
    union = book(None, own("union_class", kind), is_group=True)
    assert union.mark(TODAY).is_union
    assert union.rule_for("council_vote_property", on=TODAY).value == amount


def test_what_is_no_local_government_hears_that_no_row_can_be_chosen():
    decided = book(None).rule_for("council_vote_property", on=TODAY)
    assert (decided.row, decided.why) == (None, NO_CLASS)
    assert book(BodyClass.C).rule_for("wto_threshold", "goods", on=TODAY).why == NOTHING
    assert book(BodyClass.C).rule_for("debt_burden", on=TODAY).why == NATIONAL


def test_every_line_of_the_shipped_table_is_of_a_rule_and_none_contradicts_another():
    for row in SHARED:
        assert row.kind in RULES[row.rule].kinds
        assert row.article
    for one in SHARED:
        same = [row for row in SHARED if (row.rule, row.kind, row.body_class) == (one.rule, one.kind, one.body_class)]
        assert not [row for row in same if row is not one and row.overlaps(one)], one


amounts = st.integers(0, 10**10)
days = st.dates(date(2010, 1, 1), date(2035, 12, 31))


@given(st.sampled_from(list(BodyClass)[:4]), amounts, days, days, st.sampled_from(["floor", "ceiling"]))
def test_no_own_row_takes_the_law_further_than_it_goes(
    body_class: BodyClass, amount: int, began: date, on: date, bound: str
):
    rule, kind = ("council_vote_property", "") if bound == "floor" else ("small_contract_ceiling", "purchase")
    assert RULES[rule].bound is (Bound.FLOOR if bound == "floor" else Bound.CEILING)
    law = book(body_class).rule_for(rule, kind, on=on).value
    found = book(body_class, own(rule, kind, value=amount, valid_from=began)).rule_for(rule, kind, on=on).value
    assert law is not None
    assert found is not None
    assert found >= law if bound == "floor" else found <= law
    if on < began:
        assert found == law


@given(days, st.integers(0, 4000))
def test_rows_that_touch_in_one_day_overlap_and_those_that_follow_do_not(day: date, length: int):
    first = own("council_vote_property", value=1, valid_from=day - timedelta(days=length), valid_until=day)
    assert first.overlaps(own("council_vote_property", value=1, valid_from=day))
    assert not first.overlaps(own("council_vote_property", value=1, valid_from=day + timedelta(days=1)))
