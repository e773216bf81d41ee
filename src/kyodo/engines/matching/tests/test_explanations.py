"""Every no has its reason, the first that leaves nobody, and the smallest change that would serve."""

from __future__ import annotations

import pytest

from kyodo.engines.matching.plan import plan
from kyodo.engines.matching.recommend import recommend
from kyodo.engines.matching.tests.quarters import body, person, problem_of, quarter, request

PIN = {"specialist": "s0", "start": 0, "slots": [[0, 0]]}


def document_of(people, requests, bodies=None, **more):
    return plan(problem_of(quarter(bodies or [body()], people, requests, **more))).document("en")


@pytest.mark.parametrize(
    ("who", "asked", "reason"),
    [
        ({"skills": {"cloud": 2}}, {}, "no_one_has_skill"),
        ({"ties": ["c"]}, {"bidders": ["c"]}, "conflict_of_interest"),
        ({"max_travel": 14}, {}, "travel"),
        ({"slots": [[1, 0]]}, {"slots": [[0, 0]]}, "no_common_slots"),
        ({"leave_weeks": [0, 1, 2, 3]}, {}, "leave"),
        ({"barred": ["m0"]}, {}, "barred"),
        ({"max_per_week": 1}, {"half_days": 2}, "weekly_limit"),
        ({"max_requests": 0}, {}, "request_limit"),
    ],
)
def test_the_first_rule_that_leaves_nobody_is_the_reason(who, asked, reason):
    found = document_of([person(**who)], [request(**asked)])
    assert [one["reason"] for one in found["unmet"]] == [reason]
    assert found["unmet"][0]["nearest"] == [{"specialist": "s0", "lacks": reason}]
    assert found["unmet"][0]["because"]


def test_somebody_pinned_elsewhere_and_somebody_booked_are_told_apart():
    one = person(max_requests=1)
    assert document_of([one], [request(pinned=PIN), request("r1")])["unmet"][0]["reason"] == "pinned_elsewhere"
    assert document_of([one], [request(priority=2), request("r1")])["unmet"][0]["reason"] == "all_booked"


@pytest.mark.parametrize(
    ("who", "asked", "change", "by"),
    [
        ({"skills": {"cloud": 2}}, {}, "level", 1),
        ({"leave_weeks": [0, 1, 2, 3]}, {}, "window", 2),
        ({"max_travel": 14}, {}, "max_travel", 1),
        ({"max_travel": 14, "x": 100}, {}, "mode", 1),
        ({"skills": {"cloud": 1}, "leave_weeks": [0, 1, 2, 3]}, {"start_max": 4}, "level", 2),
        ({"slots": [[1, 0]]}, {"slots": [[0, 0]]}, "slots", 1),
        ({"max_travel": 14, "x": 100}, {"mode": "hybrid", "slots": [[0, 0]]}, "mode", 1),
        ({"skills": {}}, {}, "one_more_specialist", 1),
    ],
)
def test_the_smallest_change_is_offered(who, asked, change, by):
    relaxed = document_of([person(**who)], [request(**asked)])["unmet"][0]["relaxation"]
    assert (relaxed["change"], relaxed["by"]) == (change, by)


def test_the_runner_up_and_the_difference_are_told_in_both_languages():
    result = plan(problem_of(quarter([body()], [person(), person("s1", role="data")], [request()])))
    english = result.document("en")["engagements"][0]
    assert english["runner_up"] == {"specialist": "s1", "more": 15}
    assert "15" in english["because"]
    assert "次点の s1" in result.document("ja")["engagements"][0]["because"]
    assert english["cost"] == {"served": 20, "travel": 3}


def test_the_next_specialist_says_whom_they_would_serve():
    found = document_of([], [request(), request("r1", role="data", half_days=4)])
    assert [(one["change"], one["about"], one["serves"]) for one in found["what_if"]] == [
        ("one_more_specialist", "data", ["r1"]), ("one_more_specialist", "aide", ["r0"]),
    ]  # fmt: skip
    assert all(one["objective"] + one["saves"] == found["objective"] for one in found["what_if"])


def test_the_next_half_day_is_worth_what_the_request_that_pays_most_for_it_saves():
    asked = [request("r0", weeks=13, start_max=0), request("r1", weeks=13, start_max=0, priority=2)]
    found = document_of([person(max_requests=1)], asked)
    worth = [one for one in found["what_if"] if one["change"] == "one_more_half_day"]
    assert [(one["about"], one["serves"]) for one in worth] == [("m0", ["r0"])]
    assert 0 < worth[0]["saves"] <= (300 + 6 * 13) / 13


def test_easing_a_request_is_tried_on_the_whole_plan():
    found = document_of(
        [person(leave_weeks=[0, 1, 2, 3], skills={"cloud": 3})], [request(), request("r1", need={"cloud": 4})]
    )
    eased = {(one["change"], one["about"]): one["serves"] for one in found["what_if"]}
    assert eased["wider_window", "r0"] == ["r0"]
    assert ("lower_level", "r0") not in eased


def test_windows_are_not_widened_into_weeks_that_have_begun():
    wide = {"weeks": 9, "start_min": 2, "start_max": 4, "priority": 3}  # to the end of the quarter as it is
    asked = [request("r0", **wide), request("r1", **wide), request("r2", start_min=4, start_max=4)]
    away = [week for week in range(13) if week < 5 or week > 8]
    found = document_of([person(leave_weeks=away)], asked, rules={"frozen_weeks": 2})
    eased = {(one["change"], one["about"]): one["serves"] for one in found["what_if"]}
    assert eased["wider_window", "r2"] == ["r2"]


def test_fairness_and_load_are_reported():
    found = document_of([person()], [request(half_days=2), request("r1", need={"law": 1})])
    assert found["fairness"]["served_share"] == {"<50000": pytest.approx(2 / 3)}
    assert found["load"]["s0"][found["engagements"][0]["start"]] == 2


def test_fairness_first_serves_the_small_municipality():
    bodies = [body("m0", population=900_000), body("m1", population=5_000)]
    asked = [request(priority=3, half_days=4), request("r1", municipality="m1")]
    people = [person(max_requests=1)]
    weights = {"uncovered_small": 0}
    problem = problem_of(quarter(bodies, people, asked, weights=weights))
    assert [one.request for one in plan(problem).plan] == [0]
    assert [one.request for one in plan(problem, fair=True).plan] == [1]


def test_candidates_are_ranked_with_what_is_in_their_way():
    people = [person("s0", role="data"), person("s1"), person("s2", ties=["c"]), person("s3", skills={})]
    problem = problem_of(quarter([body()], people, [request(bidders=["c"])]))
    found = recommend(problem, 0)
    assert [(one.specialist, one.conflicts) for one in found] == [("s1", ()), ("s0", ()), ("s2", ("tie",))]
    assert (found[0].points, found[0].free_half_days, found[0].start) == (23, 4, 0)
