"""Chores: small work that follows acts, done by workers beside their jobs."""

from __future__ import annotations

import threading

import pytest

from kyodo.core import clock
from kyodo.core.jobs import chores
from kyodo.core.jobs.progress import Stop


@pytest.fixture
def only(monkeypatch):
    """No chores but those of the test, and a worker that ends when it is asked."""
    monkeypatch.setattr(chores, "CHORES", {})
    monkeypatch.setattr(chores, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(chores, "stop", Stop())


def test_all_that_waits_is_done(only):
    waiting = [3, 2]
    chores.register("counted", lambda: waiting.pop() if waiting else 0)
    assert chores.do_all() == 5
    assert chores.do_all() == 0


def test_no_two_chores_have_one_name(only):
    chores.register("counted", lambda: 0)
    with pytest.raises(ValueError, match="counted"):
        chores.register("counted", lambda: 0)


@pytest.mark.django_db
def test_one_that_fails_holds_up_no_other(only):
    done = threading.Event()

    def fails():
        raise RuntimeError("no")

    def works():
        if done.is_set():
            chores.stop.ask()
        done.set()
        return 0

    chores.register("fails", fails)
    chores.register("works", works)
    thread = threading.Thread(target=chores.keep_doing)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert done.is_set()


@pytest.mark.django_db
@pytest.mark.parametrize("others", [0, 1], ids=["nothing else waits", "something else always waits"])
def test_one_that_fails_rests_some_seconds_however_busy_the_worker_is(only, monkeypatch, others):
    """Each round of the others takes a tenth of a second here; the failing one is tried again after five."""
    seconds, tried = [0.0], []

    def fails():
        tried.append(seconds[0])
        raise RuntimeError("no")

    def works():
        seconds[0] += 0.1
        if seconds[0] > 12:
            chores.stop.ask()
        return others

    monkeypatch.setattr(clock, "monotonic", lambda: seconds[0])
    monkeypatch.setattr(chores, "LOOK_EVERY", 0.0)
    chores.register("fails", fails)
    chores.register("works", works)
    thread = threading.Thread(target=chores.keep_doing)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert [round(at) for at in tried] == [0, 5, 10]
