"""Each rule at its edge: what is just allowed is planned, what is just over is not; and the checker says the same."""

from __future__ import annotations

import pytest

from kyodo.engines.matching.problem import Engagement
from kyodo.engines.matching.solver.search import search
from kyodo.engines.matching.tests.quarters import EVERY, body, person, problem_of, quarter, request
from kyodo.engines.matching.verify import verify
from kyodo.engines.patience import Patience


def served(document):
    problem = problem_of(document)
    outcome = search(problem, Patience(20))
    assert verify(problem, outcome.plan, objective=outcome.objective) == ()
    assert outcome.proven
    return [problem.requests[one.request].id for one in outcome.plan]


def minutes(*rows):
    return {"kind": "table", "minutes": [list(row) for row in rows]}


@pytest.mark.parametrize(("way", "count"), [(90, 2), (91, 1)])
def test_a_way_over_ninety_minutes_blocks_the_other_half_of_the_day(way, count):
    day = [[0, 0], [0, 1]]
    document = quarter([body()], [person(slots=day)], [request("r0"), request("r1")], travel=minutes(["s0", "m0", way]))
    assert len(served(document)) == count


@pytest.mark.parametrize(("slots", "count"), [([[0, 0], [0, 1]], 1), ([[0, 0], [1, 1]], 0)])
def test_the_blocked_half_must_be_the_specialists_own_but_not_the_municipalitys(slots, count):
    document = quarter([body()], [person(slots=slots)], [request(slots=[[0, 0]])], travel=minutes(["s0", "m0", 91]))
    assert len(served(document)) == count


@pytest.mark.parametrize(("most", "count"), [(2, 1), (1, 0)])
def test_a_blocked_half_counts_in_the_week(most, count):
    document = quarter([body()], [person(max_per_week=most)], [request()], travel=minutes(["s0", "m0", 91]))
    assert len(served(document)) == count


@pytest.mark.parametrize(("hop", "count"), [(60, 2), (61, 1)])
def test_two_municipalities_on_one_day_lie_within_an_hour(hop, count):
    document = quarter(
        [body("m0"), body("m1")],
        [person(slots=[[0, 0], [0, 1]])],
        [request("r0"), request("r1", municipality="m1")],
        travel=minutes(["s0", "m0", 30], ["s0", "m1", 30], ["m0", "m1", hop]),
    )
    assert len(served(document)) == count


def test_weeks_of_a_hybrid_engagement_that_are_not_on_site_leave_the_day_free():
    document = quarter(
        [body("m0"), body("m1")],
        [person(slots=[[0, 0], [0, 1]])],
        [request("r0", mode="hybrid", weeks=4, start_max=0),
         request("r1", municipality="m1", weeks=3, start_min=1, start_max=1)],
        travel=minutes(["s0", "m0", 30], ["s0", "m1", 30], ["m0", "m1", 200]),
    )  # fmt: skip
    assert len(served(document)) == 2


@pytest.mark.parametrize(("level", "count"), [(3, 1), (4, 0)])
def test_a_level_that_is_equal_is_enough(level, count):
    assert len(served(quarter([body()], [person()], [request(need={"cloud": level})]))) == count


@pytest.mark.parametrize(("most", "count"), [(45, 1), (44, 0)])
def test_the_longest_way_is_allowed(most, count):
    document = quarter([body()], [person(max_travel=most)], [request()], travel=minutes(["s0", "m0", 45]))
    assert len(served(document)) == count


@pytest.mark.parametrize(("start", "count"), [(9, 1), (10, 0)])
def test_the_last_start_still_ends_with_the_quarter(start, count):
    problem = problem_of(quarter([body()], [person()], [request(start_min=9, start_max=12)]))
    faults = {fault.rule for fault in verify(problem, [Engagement(0, 0, start, 1)])}
    assert (faults == set()) == bool(count)
    assert served(quarter([body()], [person()], [request(start_min=9, start_max=12)])) == ["r0"]


@pytest.mark.parametrize(("leave", "count"), [([0], 1), ([0, 1], 0)])
def test_leave_up_to_the_limit_is_missed_sessions(leave, count):
    one = request(start_max=0, max_missed=1)
    assert len(served(quarter([body()], [person(leave_weeks=leave)], [one]))) == count


def test_one_session_at_least_takes_place():
    one = request(start_max=0, max_missed=4)
    assert served(quarter([body()], [person(leave_weeks=[0, 1, 2, 3])], [one])) == []


@pytest.mark.parametrize(("here", "there", "far"), [(True, True, 0), (False, False, 0), (True, False, 240)])
def test_the_crossing_counts_when_exactly_one_end_is_an_island(here, there, far):
    problem = problem_of(quarter([body(island=here)], [person(island=there)], []))
    assert problem.distances[0, 0] == 15 + far


@pytest.mark.parametrize(
    ("mode", "slots", "count"),
    [("remote", [[0, 0], [1, 0]], 1), ("remote", [[0, 0], [1, 1]], 0), ("onsite", [[0, 0], [1, 0]], 0)],
)
def test_two_half_days_on_two_days_are_the_same_half_and_remote(mode, slots, count):
    assert len(served(quarter([body()], [person(slots=slots)], [request(half_days=2, mode=mode)]))) == count


def test_four_half_days_are_two_full_days():
    three = [[0, 0], [0, 1], [1, 0], [2, 1]]
    assert served(quarter([body()], [person(slots=three)], [request(half_days=4)])) == []
    assert served(quarter([body()], [person(slots=EVERY[:4])], [request(half_days=4)])) == ["r0"]


def test_preferences_may_not_bring_points_below_zero():
    document = quarter([body()], [person(prefers_small=1)], [request(mode="remote")], weights={"served": 5})
    assert search(problem_of(document), Patience(5)).objective == 0
