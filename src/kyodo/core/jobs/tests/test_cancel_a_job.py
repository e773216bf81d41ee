"""The owner cancels: at once while it waits, at the next step while it runs; nobody else can."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.core.audit.models import Entry
from kyodo.core.jobs import actions, execution, registry
from kyodo.core.jobs.models import Job
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.rules import Queue, State
from kyodo.core.jobs.tests import people, sample_jobs

pytestmark = pytest.mark.django_db


def test_what_waits_never_starts(tmp_path):
    owner = people.actor(people.someone("aoi"))
    path = tmp_path / "touched"
    uuid = actions.start(sample_jobs.touch, by=owner, at=clock.now(), path=str(path))
    actions.cancel(uuid=uuid, by=owner, at=clock.now())
    execution.execute(uuid)
    assert Job.objects.get(uuid=uuid).state == State.CANCELLED
    assert not path.exists()
    entry = Entry.objects.latest("sequence")
    assert (entry.action, entry.actor_id) == ("jobs.cancelled", owner.user_id)


def test_what_runs_ends_at_its_next_step(monkeypatch):
    owner = people.actor(people.someone("aoi"))
    steps = []

    def long(progress: Progress) -> None:
        steps.append(1)
        actions.cancel(uuid=uuid, by=owner, at=clock.now())
        try:
            progress.advance(1, 2)
        except Exception:
            steps.append(2)  # a job that catches everything does not swallow it
        steps.append(3)

    card = registry.JobCard("tests.long", "長い", Queue.QUICK, 1, long)
    monkeypatch.setitem(registry.JOBS, "tests.long", card)
    uuid = actions.start(card, by=owner, at=clock.now())
    execution.execute(uuid)
    assert steps == [1]
    assert Job.objects.get(uuid=uuid).state == State.CANCELLED


def test_what_is_done_stays_done():
    owner = people.actor(people.someone("aoi"))
    uuid = actions.start(sample_jobs.count, by=owner, at=clock.now(), steps=1)
    execution.execute(uuid)
    with pytest.raises(actions.JobFinished):
        actions.cancel(uuid=uuid, by=owner, at=clock.now())
    assert Job.objects.get(uuid=uuid).state == State.DONE


def test_another_person_has_no_such_job():
    uuid = actions.start(sample_jobs.count, by=people.actor(people.someone("aoi")), at=clock.now(), steps=1)
    with pytest.raises(Job.DoesNotExist):
        actions.cancel(uuid=uuid, by=people.actor(people.someone("ren")), at=clock.now())
    assert Job.objects.get(uuid=uuid).state == State.WAITING
