"""Which statement somebody is shown next: what tells most, new ones too, nothing twice, and at once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter

import numpy as np

from kyodo.engines.opinion.analyse import analyse
from kyodo.engines.opinion.routing import Routing, priorities
from kyodo.engines.opinion.tests.drawn import planted, statements_of, votes_of


def test_a_web_worker_needs_neither_scipy_nor_the_dictionary():
    code = (
        "import sys; import kyodo.engines.opinion.routing; "
        "print([name for name in ('scipy', 'sudachipy', 'django') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_what_sets_people_apart_comes_before_what_leaves_them_cold():
    trials = np.array([100.0, 100.0, 100.0])
    found = priorities(trials, np.array([50.0, 95.0, 10.0]), np.array([45.0, 3.0, 5.0]), np.array([1.0, 0.1, 0.1]))
    assert found[0] > found[1] > found[2]


def test_a_new_statement_is_not_left_behind():
    many = np.full(40, 200.0)
    trials = np.concatenate([many, [0.0, 5.0, 60.0]])
    agrees = np.concatenate([many * 0.5, [0.0, 0.0, 0.0]])
    found = priorities(trials, agrees, agrees * 0.8, np.concatenate([np.linspace(0, 1, 40), np.zeros(3)]))
    assert found[40] >= np.quantile(found[:40], 0.75)
    assert found[40] > found[41] > found[42]


def test_nobody_is_shown_a_statement_twice_and_everybody_comes_to_an_end():
    routing = Routing([str(number) for number in range(30)], np.linspace(0.1, 2, 30))
    seen: list[str] = []
    while (shown := routing.next("resident", seen)) is not None:
        assert shown not in seen
        assert routing.next("resident", seen) == shown
        seen.append(shown)
    assert len(seen) == 30


def test_chances_are_in_proportion_so_none_waits_for_ever():
    routing = Routing(["often", "seldom", "never"], np.array([3.0, 1.0, 0.0]))
    drawn = Counter(routing.next(str(person), ()) for person in range(2000))
    assert drawn["never"] == 0
    assert 0.7 < drawn["often"] / 2000 < 0.8


def test_statements_of_no_priority_are_still_shown_at_the_end():
    routing = Routing(["a", "b"], np.zeros(2))
    assert [routing.next("x", ()), routing.next("x", ("a",)), routing.next("x", ("a", "b"))] == ["a", "b", None]
    assert Routing([], np.zeros(0)).next("x", ()) is None


def test_it_is_taken_from_a_result_and_holds_statements_without_votes():
    rows, _groups = planted(1)
    document = analyse(votes_of(rows, statements_of(30, {2}))).document()
    routing = Routing.of(document)
    assert list(routing.statements) == [str(number) for number in range(30) if number != 2]
    assert (routing.priority > 0).all()


def test_a_request_takes_no_two_milliseconds():
    routing = Routing([str(number) for number in range(2000)], np.linspace(0.1, 2, 2000))
    seen = [str(number) for number in range(0, 2000, 3)]
    routing.next("warm", seen)
    spent = []
    for person in range(30):
        began = time.process_time()
        routing.next(str(person), seen)
        spent.append(time.process_time() - began)
    assert sorted(spent)[15] < 0.002
