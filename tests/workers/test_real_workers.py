"""Real worker processes, really killed: what was asked for is done, once, and nobody who writes is held up."""

from __future__ import annotations

import shutil
import signal
import time
from datetime import datetime

import pytest

from tests.workers.installation import DEAD_AFTER, Installation, eventually


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("migrated")
    Installation(folder).call("prepare")
    return folder


@pytest.fixture
def here(migrated, tmp_path):
    installation = Installation(shutil.copytree(migrated, tmp_path / "data"))
    yield installation
    installation.end()


@pytest.mark.kills
def test_a_job_whose_worker_is_killed_is_done_by_another(here):
    here.call("count", "20", "0.1")
    first = here.worker()
    eventually(lambda: here.job()["done"] > 3)
    began = time.monotonic()
    first.send_signal(signal.SIGKILL)
    first.wait()
    killed = here.job()
    here.worker()
    revived = eventually(lambda: here.job()["attempts"] == 2 and here.job())
    assert killed["state"] == "running"
    assert time.monotonic() - began > DEAD_AFTER - 1
    assert revived["claim"] != killed["claim"]
    done = eventually(lambda: here.job()["state"] == "done" and here.job())
    assert done["attempts"] == 2


@pytest.mark.kills
def test_an_event_is_delivered_though_the_worker_dies_half_way(here, tmp_path):
    here.call("announce", str(tmp_path))
    first = here.worker()
    assert first.wait(timeout=20) == -signal.SIGKILL
    assert (tmp_path / "started").exists()
    assert not (tmp_path / "told-7").exists()
    here.worker()
    eventually(lambda: here.job()["state"] == "done")
    assert len(list(tmp_path.glob("told-*"))) == 1


def test_the_heart_beats_while_a_job_is_busy_and_a_stopped_worker_hands_it_back(here):
    here.call("count", "100", "0.2")
    worker = here.worker()
    started = eventually(lambda: here.job()["state"] == "running" and here.job())
    beat = eventually(lambda: here.job()["heartbeat_at"] != started["heartbeat_at"] and here.job())
    assert datetime.fromisoformat(beat["heartbeat_at"]) > datetime.fromisoformat(started["heartbeat_at"])
    began = time.monotonic()
    worker.terminate()
    assert worker.wait(timeout=10) == 0
    assert time.monotonic() - began < 5
    assert (here.job()["state"], here.job()["attempts"], here.job()["claim"]) == ("waiting", 0, None)


def test_twelve_lookers_start_one_occurrence(here):
    assert here.call("look_at_once", "12") == {"started": 1, "jobs": 1}


def test_fifty_writers_are_not_disturbed_by_workers(here):
    workers = [here.worker("quick"), here.worker("quick"), here.worker("heavy")]
    answer = here.call("write_at_once", "50", "4")
    assert answer["faults"] == []
    assert answer["longest"] < 10
    for worker in workers:
        assert worker.poll() is None
        worker.terminate()
        _out, log = worker.communicate(timeout=20)
        assert b"locked" not in log
