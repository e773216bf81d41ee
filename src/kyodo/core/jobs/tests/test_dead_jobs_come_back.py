"""A job whose worker died is brought back, three times at most; a worker that wakes up late can do no harm."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from kyodo.core import clock
from kyodo.core.jobs import actions, execution, registry, upkeep
from kyodo.core.jobs.models import Job, Occurrence
from kyodo.core.jobs.progress import Progress, Superseded, stop
from kyodo.core.jobs.rules import Queue, State
from kyodo.core.jobs.tests import people, sample_jobs

pytestmark = pytest.mark.django_db
MINUTE = timedelta(seconds=61)


@pytest.fixture
def owner():
    return people.actor(people.someone("aoi"))


@pytest.fixture
def uuid(owner):
    return actions.start(sample_jobs.count, by=owner, at=clock.now(), steps=1)


def lose_its_worker(uuid, *, attempts=1, **fields):
    at = clock.now()
    DBTaskResult.objects.update(status="RUNNING")
    Job.objects.filter(uuid=uuid).update(
        state=State.RUNNING, claim=uuid4(), attempts=attempts, started_at=at, heartbeat_at=at, **fields
    )


def test_a_minute_of_silence_brings_it_back(uuid):
    lose_its_worker(uuid)
    assert upkeep.revive(clock.now() + timedelta(seconds=30)) == 0
    assert upkeep.revive(clock.now() + MINUTE) == 1
    assert upkeep.revive(clock.now() + MINUTE) == 0
    assert DBTaskResult.objects.filter(status="READY").count() == 1
    execution.execute(uuid)
    job = Job.objects.get(uuid=uuid)
    assert (job.state, job.attempts) == (State.DONE, 2)


def test_after_three_attempts_it_is_given_up_in_words(uuid, owner):
    lose_its_worker(uuid, attempts=3)
    upkeep.revive(clock.now() + MINUTE)
    page = people.page(uuid, of=owner)
    assert page.state is State.FAILED
    assert "3回止まった" in page.error


def test_what_was_to_be_cancelled_does_not_come_back(uuid):
    lose_its_worker(uuid, cancel_requested_at=clock.now())
    upkeep.revive(clock.now() + MINUTE)
    assert Job.objects.get(uuid=uuid).state == State.CANCELLED


def test_taken_off_the_queue_and_never_started_it_is_queued_again(uuid):
    DBTaskResult.objects.update(status="RUNNING")
    assert upkeep.revive(clock.now() + MINUTE) == 1
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_one_that_waits_long_in_a_full_queue_is_left_in_peace(uuid):
    assert upkeep.revive(clock.now() + timedelta(hours=5)) == 0


def test_a_worker_that_wakes_up_late_writes_nothing(monkeypatch, owner):
    at = clock.now()
    ended = []

    def asleep(progress: Progress) -> registry.Outcome:
        upkeep.revive(at + MINUTE)
        try:
            progress.advance(1, 2)
        except Superseded:
            ended.append(True)
            raise
        return registry.Outcome(url="/wrong/")

    card = registry.JobCard("tests.asleep", "眠る", Queue.QUICK, 1, asleep)
    monkeypatch.setitem(registry.JOBS, "tests.asleep", card)
    uuid = actions.start(card, by=owner, at=at)
    execution.execute(uuid)
    job = Job.objects.get(uuid=uuid)
    assert ended
    assert (job.state, job.result, job.done) == (State.WAITING, None, 0)


def test_a_worker_that_is_stopped_hands_the_job_back(uuid, monkeypatch):
    monkeypatch.setattr(stop, "asked", True)
    execution.execute(uuid)
    job = Job.objects.get(uuid=uuid)
    assert (job.state, job.attempts, job.claim) == (State.WAITING, 0, None)
    monkeypatch.setattr(stop, "asked", False)
    execution.execute(uuid)
    assert Job.objects.get(uuid=uuid).state == State.DONE


def test_what_is_long_finished_is_thrown_away_and_the_rest_kept(uuid, owner):
    execution.execute(uuid)
    waiting = actions.start(sample_jobs.count, by=owner, at=clock.now(), steps=1)
    day = clock.now()
    for days in (100, 90):
        Occurrence.objects.create(name="rare", due_at=day - timedelta(days=days))
    upkeep.prune(day + timedelta(days=20))
    assert Job.objects.filter(uuid=uuid).exists()
    upkeep.prune(day + timedelta(days=31))
    assert [job.uuid for job in Job.objects.all()] == [waiting]
    assert Occurrence.objects.get().due_at == day - timedelta(days=90)
