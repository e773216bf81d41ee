"""The plan is the best there is: compared with every plan of tiny quarters, and with CP-SAT on larger ones."""

from __future__ import annotations

import json
import random
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.matching.solver.search import search
from kyodo.engines.matching.tests.oracle import cp_sat, exhaustive
from kyodo.engines.matching.tests.quarters import body, draw_small, person, problem_of, quarter, request
from kyodo.engines.matching.verify import verify
from kyodo.engines.patience import Patience

SEEDS = st.integers(0, 2**40)


def solved(document):
    problem = problem_of(document)
    outcome = search(problem, Patience(30))
    assert verify(problem, outcome.plan, objective=outcome.objective) == ()
    assert outcome.bound <= outcome.objective
    return outcome


@settings(max_examples=120, deadline=None, derandomize=True)
@given(SEEDS)
def test_no_plan_of_a_tiny_quarter_is_better(seed):
    document = draw_small(random.Random(seed), places=(1, 3, 4))
    outcome = solved(document)
    assert outcome.objective == outcome.bound == exhaustive(problem_of(document))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(SEEDS)
def test_no_plan_is_better_when_changes_cost_something(seed):
    rng = random.Random(seed)
    document = draw_small(rng)
    first = solved(document)
    problem = problem_of(document)
    document["published"] = [
        {"request": problem.requests[one.request].id, "specialist": problem.specialists[one.specialist].id,
         "start": one.start, "slots": [[slot // 2, slot % 2] for slot in range(4) if one.slots >> slot & 1]}
        for one in first.plan
    ]  # fmt: skip
    document["weights"] = {"changed": rng.choice([3, 40, 300])}
    document["specialists"][0]["skills"]["cloud"] = rng.randint(1, 4)
    document["requests"][0]["half_days"] = rng.choice([1, 2])
    outcome = solved(document)
    assert outcome.objective == outcome.bound == exhaustive(problem_of(document))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(SEEDS)
def test_the_way_large_quarters_are_planned_gives_a_bound_and_a_plan_too(seed):
    document = draw_small(random.Random(seed))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kyodo.engines.matching.solver.search.SMALL", 0)
        outcome = solved(document)
    assert outcome.bound <= exhaustive(problem_of(document)) <= outcome.objective


@pytest.mark.parametrize("seed", range(3))
def test_the_way_large_quarters_are_planned_comes_close(seed):
    document = draw_small(random.Random(seed), people=24, requests=50, weeks=8, days=5)
    best = solved(document)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kyodo.engines.matching.solver.search.SMALL", 0)
        outcome = search(problem_of(document), Patience(60))
    assert outcome.bound <= best.objective <= outcome.objective
    assert outcome.objective - outcome.bound <= 0.02 * outcome.objective


@pytest.mark.parametrize("seed", range(4))
def test_cp_sat_comes_to_the_same_points(seed):
    document = draw_small(random.Random(seed), people=6, requests=14, weeks=6, days=3)
    outcome = solved(document)
    status, points, _bound = cp_sat(problem_of(document), 30)
    assert status == "OPTIMAL"
    assert outcome.objective == outcome.bound == points


@settings(max_examples=40, deadline=None, derandomize=True)
@given(SEEDS)
def test_names_and_order_do_not_matter(seed):
    rng = random.Random(seed)
    document = draw_small(rng, people=4, requests=7)
    other = deepcopy(document)
    for part in ("municipalities", "specialists", "requests"):
        rng.shuffle(other[part])
    text = json.dumps(other)
    for number in range(7):
        text = text.replace(f'"r{number}"', f'"q{9 - number}"').replace(f'"s{number}"', f'"p{9 - number}"')
    assert solved(json.loads(text)).objective == solved(document).objective


@settings(max_examples=40, deadline=None, derandomize=True)
@given(SEEDS)
def test_one_more_specialist_never_hurts(seed):
    document = draw_small(random.Random(seed), people=4, requests=7)
    fewer = {**document, "specialists": document["specialists"][:-1]}
    assert solved(document).objective <= solved(fewer).objective


@settings(max_examples=40, deadline=None, derandomize=True)
@given(SEEDS, st.sampled_from(["max_per_week", "max_requests", "max_travel"]))
def test_a_tighter_rule_never_helps(seed, limit):
    document = draw_small(random.Random(seed), people=4, requests=7)
    tighter = deepcopy(document)
    for one in tighter["specialists"]:
        one[limit] = max(0, one[limit] // 2)
    assert solved(tighter).objective >= solved(document).objective


def test_nobody_and_nothing():
    assert solved(quarter([], [], [])).objective == 0
    assert solved(quarter([body()], [], [request()])).objective == 300 + 6 * 4 + 400
    assert solved(quarter([body()], [person()], [])).plan == ()


def test_when_everybody_is_conflicted_nobody_serves():
    document = quarter([body()], [person(ties=["c"])], [request(bidders=["c"])])
    assert solved(document).plan == ()
