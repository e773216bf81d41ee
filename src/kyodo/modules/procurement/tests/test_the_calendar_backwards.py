"""From the wished start backwards: each step's day, councils' sessions, each body's budget deadline before all."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.calendar import is_business_day
from kyodo.modules.procurement.rules import backwards
from kyodo.modules.procurement.rules.backwards import (
    Backwards,
    BodyDates,
    Deadline,
    PlannedStep,
    Session,
    calendar_backwards,
)
from kyodo.modules.procurement.rules.case import METHOD_WORDS, WAY_WORDS
from kyodo.modules.procurement.rules.methods import (
    PAPER_WORDS,
    STEP_WORDS,
    WHO_WORDS,
    methods_on,
    read,
    table,
    ways_on,
)

TODAY = date(2026, 4, 1)
START = date(2027, 10, 1)
METHODS, WAYS = methods_on(TODAY), ways_on(TODAY)
JUNE = Session("6月定例会", date(2027, 6, 3), date(2027, 6, 18), date(2027, 5, 20))
MARCH = Session("3月定例会", date(2027, 3, 1), date(2027, 3, 19), date(2027, 2, 12))
BUDGET = {2027: Deadline(date(2026, 10, 30), is_estimate=True), 2026: Deadline(date(2025, 10, 31))}


def body(number: int = 1, **told: Any) -> BodyDates:
    usual: dict[str, Any] = {"sessions": (MARCH, JUNE), "budget_deadlines": BUDGET}
    return BodyDates(number, f"団体{number}", **usual | told)


def plan(method: str = "open_lowest", way: str = "one_selection", **told: Any) -> Backwards:
    usual: dict[str, Any] = {"wished_start": START, "bodies": [body()], "today": TODAY}
    return calendar_backwards(METHODS[method], WAYS[way], **usual | told)


def step(found: Backwards, code: str, of: int | None = None) -> PlannedStep:
    return next(one for one in found.steps if one.code == code and one.body_id == of)


def day(one: PlannedStep) -> date:
    assert one.due is not None
    return one.due


def test_every_method_and_way_is_complete_and_in_words():
    assert set(METHODS) == {
        *("open_lowest", "open_evaluation", "designated", "proposal_open", "proposal_designated"),
        *("quotes", "direct", "unit_price", "own_purchase"),
    }
    assert set(WAYS) == {"one_selection", "entrustment", "council", "council_liaison", "framework"}
    assert set(METHOD_WORDS) == set(METHODS), "each method can be chosen"
    assert set(WAY_WORDS) == set(WAYS), "each way can be chosen"
    rows = table()
    for one in (*rows.methods, *rows.ways):
        assert one.article
        for each in one.steps:
            assert each.code in STEP_WORDS
            assert each.who in WHO_WORDS
            assert each.unit in {"open", "all"}
            assert set(each.papers) <= PAPER_WORDS.keys()
    for method in rows.methods:
        codes = [each.code for each in method.steps]
        assert {"award", "contract", "preparation"} <= set(codes)
        assert any(each.opens for each in method.steps)


@pytest.mark.parametrize("method", sorted(METHODS))
@pytest.mark.parametrize("way", sorted(WAYS))
def test_the_budget_deadline_comes_first_and_the_steps_follow_one_another(method: str, way: str):
    found = plan(method, way, bodies=[body(1), body(2)])
    assert [one.code for one in found.steps[:2]] == ["budget_request"] * 2
    assert [one.body for one in found.steps[:2]] == ["団体1", "団体2"]
    common = [one for one in found.steps if one.body_id is None]
    for before, after in pairwise(common):
        assert day(before) <= day(after)
    ours = [one.code for one in METHODS[method].steps]
    assert [one.code for one in common if one.code in ours and one.code not in {"order"}] == [
        code for code in ours if code != "order"
    ]
    assert day(step(found, "estimates")) < date(2026, 10, 30)


def test_the_survey_begins_early_enough_for_the_earliest_budget():
    late, early = body(1), body(2, budget_deadlines={2027: Deadline(date(2026, 9, 25))})
    found = plan(bodies=[late, early])
    assert day(step(found, "estimates")) == date(2026, 9, 24)
    assert day(step(found, "market")) == date(2026, 9, 14)  # five open days, and three holidays among them
    assert day(step(found, "survey")) < day(step(found, "alignment")) < day(step(found, "market"))


def test_what_is_late_already_says_so():
    found = plan(today=date(2026, 11, 2))
    deadline = found.budget[0]
    assert deadline.is_late
    assert deadline.note == backwards.SUPPLEMENTARY
    assert step(found, "survey").note == backwards.LATE
    assert {"survey", "alignment", "market", "estimates", "budget_request"} == {one.code for one in found.late}
    begun = plan(today=date(2026, 7, 1))
    assert step(begun, "alignment").note in {"", backwards.BEGIN_LATE}
    assert not plan(today=date(2026, 4, 1)).late


def test_a_budget_whose_day_nobody_knows_is_shown_too():
    found = plan(bodies=[body(budget_deadlines={})])
    assert (found.budget[0].due, found.budget[0].note) == (None, backwards.NO_DEADLINE)


def test_the_contract_waits_for_the_last_session_that_ends_before_it():
    free, voting = plan(), plan(bodies=[body(needs_vote=True)])
    vote, bill = step(voting, "council_vote", 1), step(voting, "bill", 1)
    assert (vote.name, vote.due) == ("6月定例会", date(2027, 6, 18))
    assert bill.due == date(2027, 5, 20)
    assert day(step(voting, "award")) == date(2027, 5, 20)
    assert day(step(voting, "award")) < day(step(free, "award"))
    assert day(step(voting, "contract")) == day(step(free, "contract"))


def test_bills_are_due_ten_open_days_before_a_session_that_has_not_said_its_day():
    session = Session("6月定例会", date(2027, 6, 3), date(2027, 6, 18))
    found = plan(bodies=[body(needs_vote=True, sessions=(session,))])
    assert step(found, "bill", 1).due == date(2027, 5, 20)
    assert step(found, "bill", 1).is_estimate


def test_where_no_session_fits_it_is_said():
    found = plan(bodies=[body(needs_vote=True, sessions=(Session("12月", date(2027, 12, 1), date(2027, 12, 18)),))])
    vote = step(found, "council_vote", 1)
    assert (vote.due, vote.is_late, vote.note) == (None, True, backwards.NO_SESSION)


def test_entrusting_needs_each_councils_vote_before_the_market_hears_of_it():
    found = plan(way="entrustment", bodies=[body(1), body(2)])
    opens = step(found, "decision_to_tender").begin
    assert opens is not None
    for number in (1, 2):
        assert day(step(found, "way_vote", number)) <= opens
    assert day(step(found, "agreement")) <= day(step(found, "bill", 1))
    assert not [one for one in plan(way="council_liaison").steps if one.code == "way_vote"]


def test_the_bodys_own_days_of_notice_make_it_longer():
    usual, longer = plan(), plan(notice_days=40)
    assert day(step(usual, "decision_to_tender")) - day(step(longer, "decision_to_tender")) >= timedelta(days=28)


def test_a_contract_in_the_year_before_it_is_paid_tells_of_the_debt_burden():
    found = plan(wished_start=date(2027, 4, 1))
    assert found.fiscal_year == 2027
    assert step(found, "contract").note == backwards.DEBT
    assert step(plan(), "contract").note == ""


def test_a_method_that_changes_is_taken_as_it_is_on_the_day():
    step_row = {"step": "award", "who": "lead", "days": 1, "unit": "open"}
    told = {
        "method": [
            {"code": "quotes", "article": "旧", "steps": [step_row], "valid_until": date(2027, 3, 31)},
            {"code": "quotes", "article": "新", "steps": [step_row], "valid_from": date(2027, 4, 1)},
        ],
        "way": [],
        "before_budget": [],
        "after_budget": [],
    }
    rows = read(told)
    assert methods_on(date(2027, 3, 31), of=rows)["quotes"].article == "旧"
    assert methods_on(date(2027, 4, 1), of=rows)["quotes"].article == "新"


@settings(deadline=None)
@given(
    st.dates(date(2027, 1, 1), date(2028, 12, 31)),
    st.sampled_from(sorted(METHODS)),
    st.sampled_from(sorted(WAYS)),
    st.booleans(),
)
def test_every_step_is_due_on_an_open_day_and_a_later_start_never_makes_one_earlier(
    start: date, method: str, way: str, needs_vote: bool
):
    bodies = [
        body(
            needs_vote=needs_vote,
            budget_deadlines={year: Deadline(date(year - 1, 10, 20)) for year in range(2026, 2030)},
        )
    ]
    found = plan(method, way, wished_start=start, bodies=bodies)
    later = plan(method, way, wished_start=start + timedelta(days=30), bodies=bodies)
    without_session = any(one.note == backwards.NO_SESSION for one in found.steps)
    for one in found.steps:
        if one.body_id is None:
            assert is_business_day(day(one))
            assert one.begin is not None
            assert one.begin <= day(one) <= start
            if not without_session:
                assert day(one) <= day(step(later, one.code))
