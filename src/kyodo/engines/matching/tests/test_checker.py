"""The checker finds each rule's violation where it is planted."""

from __future__ import annotations

import pytest

from kyodo.engines.matching.problem import Engagement
from kyodo.engines.matching.tests.quarters import body, person, problem_of, quarter, request
from kyodo.engines.matching.verify import recount, verify

GOOD = Engagement(0, 0, 0, 1)


def rules(document, *plan, **more):
    return {fault.rule for fault in verify(problem_of(document), plan, **more)}


def two(**more):
    return quarter(
        [body("m0"), body("m1", x=200)], [person(max_travel=999), person("s1", slots=[[0, 0]])],
        [request("r0"), request("r1", municipality="m1")], **more,
    )  # fmt: skip


def changed(part, **more):
    document = quarter([body()], [person()], [request()])
    document[part][0].update(more)
    return document


def test_a_good_plan_passes():
    document = changed("requests")
    assert rules(document, GOOD, objective=20 + 4 * 15 // 20) == set()


@pytest.mark.parametrize(
    ("part", "change", "rule"),
    [
        ("requests", {"need": {"cloud": 4}}, "level"),
        ("requests", {"need": {"law": 1}}, "level"),
        ("requests", {"half_days": 2}, "shape"),
        ("requests", {"start_min": 1}, "window"),
        ("requests", {"slots": [[1, 0]]}, "municipality_slots"),
        ("specialists", {"slots": [[1, 0]]}, "specialist_slots"),
        ("specialists", {"barred": ["m0"]}, "barred"),
        ("specialists", {"max_travel": 14}, "travel"),
        ("specialists", {"max_per_week": 0}, "weekly_limit"),
        ("specialists", {"max_requests": 0}, "request_limit"),
        ("specialists", {"leave_weeks": [3]}, "leave"),
    ],
)
def test_a_rule_that_one_engagement_breaks_is_named(part, change, rule):
    assert rule in rules(changed(part, **change), GOOD)


def test_a_tie_is_found():
    assert rules(quarter([body()], [person(ties=["c"])], [request(bidders=["c", "d"])]), GOOD) == {"tie"}


def test_what_two_engagements_break_is_found():
    assert rules(two(), GOOD, Engagement(1, 0, 0, 1)) == {"slot_twice", "hop"}
    assert rules(two(), GOOD, Engagement(1, 0, 0, 2)) == {"slot_twice", "hop"}  # the far one blocks the day
    assert rules(two(rules={"day_blocked_over": 999}), GOOD, Engagement(1, 0, 0, 2)) == {"hop"}


def test_a_blocked_half_that_is_not_the_specialists_is_found():
    document = two()
    document["specialists"][1]["max_travel"] = 999
    assert rules(document, Engagement(1, 1, 0, 1)) == {"blocked_half"}


def test_a_wrong_objective_a_double_and_a_stranger_are_found():
    assert rules(changed("requests"), GOOD, objective=1) == {"objective"}
    assert rules(changed("requests"), GOOD, GOOD) == {"once"}
    assert rules(changed("requests"), Engagement(7, 0, 0, 1)) == {"form"}
    assert rules(changed("requests"), Engagement(0, 0, 0, 0)) == {"form"}


def test_limits_over_several_engagements_are_found():
    document = two()
    document["specialists"][0].update(max_per_week=2, max_requests=1)
    assert {"weekly_limit", "request_limit"} <= rules(document, GOOD, Engagement(1, 0, 0, 4))


def test_frozen_weeks_and_pins_are_watched():
    held = [{"request": "r0", "specialist": "s0", "start": 0, "slots": [[0, 0]]}]
    document = quarter([body()], [person(), person("s1")], [request()], published=held, rules={"frozen_weeks": 1})
    assert rules(document, GOOD) == set()
    assert rules(document) == {"frozen"}
    assert rules(document, Engagement(0, 1, 1, 1)) == {"frozen"}
    pin = {"specialist": "s1", "start": 0, "slots": [[0, 0]]}
    assert rules(quarter([body()], [person(), person("s1")], [request(pinned=pin)]), GOOD) == {"pinned"}


def test_the_objective_counts_what_is_written_down():
    document = quarter(
        [body("m0", population=50_000), body("m1", population=49_999)],
        [person(prefers_small=-1, role="data", leave_weeks=[1])],
        [request(max_missed=1, incumbent="gone", need={"cloud": 2}), request("r1", municipality="m1", priority=2)],
    )  # fmt: skip
    served = 20 + 4 + 15 + 15 * 4 // 20 + 80 - 8 + 10
    assert recount(problem_of(document), [GOOD]) == served + 2 * (300 + 6 * 4) + 400
