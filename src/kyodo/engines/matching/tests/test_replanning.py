"""When somebody falls ill the plan is mended: what need not change stays, what began stays, pins stay."""

from __future__ import annotations

import pytest

from kyodo.engines.matching.plan import plan
from kyodo.engines.matching.tests.quarters import body, person, problem_of, quarter, request


def held(identity, who, start=0, slots=((0, 0),)):
    return {"request": identity, "specialist": who, "start": start, "slots": [list(slot) for slot in slots]}


def document_of(people, requests, **more):
    return plan(problem_of(quarter([body()], people, requests, **more))).document("en")


def test_nothing_changes_when_nothing_has_to():
    published = [held("r0", "s1", 1, [(2, 1)])]
    found = document_of([person(), person("s1")], [request()], published=published, weights={"changed": 1})
    assert found["changes"] == []
    assert found["engagements"][0]["slots"] == [[2, 1]]


def test_a_cheaper_specialist_takes_over_only_where_that_is_worth_a_change():
    people = [person(), person("s1", role="data")]
    dear = document_of(people, [request()], published=[held("r0", "s1")], weights={"changed": 16})
    cheap = document_of(people, [request()], published=[held("r0", "s1")], weights={"changed": 14})
    assert [dear["changes"], cheap["changes"][0]["cause"]] == [[], "for_others"]


def test_who_is_gone_is_replaced_and_that_is_said():
    found = document_of([person()], [request()], published=[held("r0", "s9")], weights={"changed": 5})
    assert [(one["request"], one["cause"]) for one in found["changes"]] == [("r0", "specialist_gone")]
    assert found["changes"][0]["after"]["specialist"] == "s0"
    assert found["objective"] == 20 + 3 + 5


def test_what_began_stays_and_nothing_else_starts_in_frozen_weeks():
    found = document_of(
        [person(), person("s1", role="data")], [request(), request("r1", start_max=9)],
        published=[held("r0", "s1")], rules={"frozen_weeks": 3},
    )  # fmt: skip
    assert [(one["specialist"], one["start"] >= 3) for one in found["engagements"]] == [("s1", False), ("s0", True)]


def test_what_began_with_somebody_who_is_gone_is_served_anew_after_the_frozen_weeks():
    found = document_of([person()], [request(start_max=5)], published=[held("r0", "s9")], rules={"frozen_weeks": 2})
    assert found["engagements"][0]["start"] >= 2


def test_a_pin_stays_even_where_it_breaks_a_rule_and_that_is_told():
    pin = {"specialist": "s0", "start": 0, "slots": [[0, 0]]}
    found = document_of([person(barred=["m0"]), person("s1")], [request(pinned=pin)])
    assert found["engagements"][0]["specialist"] == "s0"
    assert [(one["requests"], one["rule"]) for one in found["warnings"]] == [(["r0"], "barred")]


def test_pins_that_clash_both_stay_and_the_clash_is_told():
    pin = {"specialist": "s0", "start": 0, "slots": [[0, 0]]}
    found = document_of([person()], [request(pinned=pin), request("r1", pinned=pin), request("r2")])
    assert [one["request"] for one in found["engagements"]] == ["r0", "r1", "r2"]
    assert [one["rule"] for one in found["warnings"]] == ["slot_twice"]


def test_when_all_is_pinned_the_plan_is_the_pins():
    pin = {"specialist": "s0", "start": 0, "slots": [[0, 0]]}
    found = document_of([person()], [request(pinned=pin)])
    assert (found["status"], found["warnings"], len(found["engagements"])) == ("optimal", [], 1)


def test_as_few_changes_as_a_share_of_the_points_allows():
    people = [person(), person("s1", role="data")]
    problem = problem_of(quarter([body()], people, [request()], published=[held("r0", "s1")]))
    assert plan(problem, steady=0.1).document("en")["changes"][0]["after"]["specialist"] == "s0"
    kept = plan(problem, steady=1.0).document("en")
    assert (kept["changes"], kept["objective"]) == ([], 20 + 15 + 3)


def test_the_bound_holds_where_time_is_over_before_anything_is_known():
    people = [person(), person("s1", role="data")]
    problem = problem_of(quarter([body()], people, [request()], published=[held("r0", "s1")], weights={"changed": 900}))
    assert plan(problem, time_limit=1e-9).bound <= plan(problem).objective


def test_what_a_half_day_is_worth_does_not_depend_on_the_price_at_which_changes_were_sought():
    requests = [request(), request("r1", priority=3, half_days=4, weeks=13, start_max=0)]
    document = quarter([body()], [person(max_requests=1)], requests, published=[held("r0", "s0")])
    found = plan(problem_of(document), steady=1.0).document("en")
    assert [one["request"] for one in found["unmet"]] == ["r0"]
    (told,) = [one for one in found["what_if"] if one["change"] == "one_more_half_day"]
    assert told["saves"] * 4 <= 300 + 6 * 4  # no more than what it costs to leave the request


@pytest.mark.parametrize("way", [{"steady": 1.0}, {"fair": True}])
def test_progress_is_told_of_every_search_in_points_of_the_problem_as_it_stands(way):
    people = [person(), person("s1", role="data")]
    problem = problem_of(quarter([body()], people, [request()], published=[held("r0", "s1")], weights={"changed": 7}))
    told = []
    found = plan(problem, progress=lambda *step: told.append(step), **way)
    assert told[-1][:2] == (found.objective, found.bound)
    assert len(told) >= 5  # a job that is waited for is alive, and can be stopped, in each of its searches
    assert [step[2] for step in told] == sorted(step[2] for step in told)
