"""Many at once, over real HTTP: nobody is refused for the crowd, and of two who do the same thing one wins."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from tests.faults.conftest import Site
from tests.faults.writers import Api, Crowd, Ledger

pytestmark = pytest.mark.kills

ROUNDS = 10


def test_fifty_who_write_at_once_never_hear_of_a_lock(site: Site):
    ledger = Ledger()
    crowd = Crowd(site.here.port, site.people, ledger, prefix="大勢", seed=1)
    crowd.begin(50)
    time.sleep(3)
    crowd.end()
    assert not ledger.unanswered
    assert ledger.seen[201] > 50
    assert not [status for status in ledger.seen if status >= 500], ledger.seen
    assert b"locked" not in site.here.log.read_bytes()
    assert site.here.ask("check", **ledger.facts()) == []


def test_of_two_coordinators_who_move_a_need_one_is_told_that_it_moved(site: Site):
    officer, first, second = site.people[0], site.people[-2], site.people[-1]
    for number in range(ROUNDS):
        need = Api(site.here.port, officer["token"]).post(f"取り合いになる相談 {number}")[1]["id"]
        answers = _at_once(
            lambda need=need: Api(site.here.port, first["token"]).move(need, "checking"),
            lambda need=need: Api(site.here.port, second["token"]).move(need, "checking"),
        )
        assert sorted(answers) == [201, 409]
        assert site.here.ask("need", number=need)["steps"] == 1


def test_a_body_that_joins_twice_at_once_is_there_once(site: Site):
    officer, town = site.people[0], site.people[1]
    for number in range(ROUNDS):
        need = Api(site.here.port, officer["token"]).post(f"二度加わられる相談 {number}")[1]["id"]
        answers = _at_once(*[lambda need=need: Api(site.here.port, town["token"]).back(need)] * 2)
        assert sorted(answers) == [201, 409]
        told = site.here.ask("need", number=need)
        assert (told["backings"], told["backing_count"]) == (1, 1)


def test_a_write_that_is_sent_twice_at_once_with_one_key_is_done_once(site: Site):
    for number in range(ROUNDS):
        title = f"二度送られた相談 {number}"
        said: list[int] = []

        def post(title: str = title, said: list[int] = said) -> int:
            status, answer = Api(site.here.port, site.people[0]["token"]).post(title)
            said.append(answer["id"])
            return status

        assert _at_once(*[post] * 4) == [201] * 4
        assert len(set(said)) == 1
    assert site.here.ask("check", posted={title: said[0]}, backed=[], moved=[]) == []


@pytest.mark.parametrize("is_own", [True, False], ids=["of a body", "that many follow"])
def test_two_rows_of_a_rule_that_are_written_at_once_never_hold_on_one_day(site: Site, is_own: bool):
    body = site.people[0]["organisation"] if is_own else None
    told = site.here.ask("write_rows_at_once", body=body, rule="council_vote_property", rounds=ROUNDS)
    assert told == [1] * ROUNDS


def _at_once(*acts: Callable[[], int]) -> list[int]:
    """What each got who acted at the same moment."""
    gate, answers = threading.Barrier(len(acts)), []

    def act(one: Callable[[], int]) -> None:
        gate.wait(timeout=30)
        answers.append(one())

    threads = [threading.Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers
