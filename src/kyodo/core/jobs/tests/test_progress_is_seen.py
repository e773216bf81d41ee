"""Whoever asked for long work sees how far it is, what came out, or in plain words why nothing did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from kyodo.core import clock
from kyodo.core.jobs import execution, registry
from kyodo.core.jobs.actions import start
from kyodo.core.jobs.models import Job
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.rules import Queue, State
from kyodo.core.jobs.tests import people, sample_jobs
from kyodo.core.jobs.worker import Worker

pytestmark = pytest.mark.django_db


def begin(job, by, **params):
    return start(job, by=by, at=clock.now(), about="令和8年度 端末", **params)


def test_the_owner_sees_how_far_it_is_while_it_runs(monkeypatch):
    owner = people.actor(people.someone("aoi"))
    seen = []

    def look(progress: Progress) -> None:
        progress.advance(3, 10, "{n}件を読みました。", n=3)
        seen.append(people.page(uuid, of=owner))

    monkeypatch.setitem(registry.JOBS, "tests.look", registry.JobCard("tests.look", "見る", Queue.QUICK, 1, look))
    uuid = begin(registry.JOBS["tests.look"], owner)
    waiting = people.page(uuid, of=owner)
    execution.execute(uuid)
    assert (waiting.state, waiting.about) == (State.WAITING, "令和8年度 端末")
    assert (seen[0].state, seen[0].done, seen[0].total, seen[0].message) == (State.RUNNING, 3, 10, "3件を読みました。")


def test_the_result_has_a_page_and_a_sentence():
    owner = people.actor(people.someone("aoi"))
    uuid = begin(sample_jobs.count, owner, steps=5)
    execution.execute(uuid)
    page = people.page(uuid, of=owner)
    assert (page.state, page.result_url, page.message) == (State.DONE, "/audit/", "5まで数え終わりました。")
    assert page.is_finished


def test_the_job_acts_for_the_one_who_asked():
    owner = people.actor(people.someone("aoi"))
    hands = []
    card = registry.JobCard("tests.hand", "手", Queue.QUICK, 1, lambda progress: hands.append(progress.by))
    registry.JOBS["tests.hand"] = card
    execution.execute(begin(card, owner))
    del registry.JOBS["tests.hand"]
    assert (hands[0].kind, hands[0].user_id, hands[0].roles) == ("job", owner.user_id, owner.roles)


def test_thousands_of_steps_write_a_few_times(django_assert_max_num_queries):
    uuid = begin(sample_jobs.count, people.actor(people.someone("aoi")), steps=5000)
    with django_assert_max_num_queries(20):
        execution.execute(uuid)


def test_a_refusal_is_told_in_words():
    owner = people.actor(people.someone("aoi"))
    uuid = begin(sample_jobs.refuse, owner)
    execution.execute(uuid)
    page = people.page(uuid, of=owner)
    assert (page.state, page.error) == (State.FAILED, "3件の誤りがあります。直して送り直してください。")


def test_a_fault_is_told_without_its_inside_and_the_log_has_the_rest(caplog):
    owner = people.actor(people.someone("aoi"))
    uuid = begin(sample_jobs.break_down, owner)
    execution.execute(uuid)
    page = people.page(uuid, of=owner)
    assert page.state is State.FAILED
    assert "予期しないこと" in page.error
    assert "secret detail" not in page.error
    assert "secret detail" in caplog.text


def test_what_may_be_tried_again_is_tried_again_after_a_pause():
    uuid = begin(sample_jobs.break_once, people.actor(people.someone("aoi")))
    execution.execute(uuid)
    job = Job.objects.get(uuid=uuid)
    assert (job.state, job.attempts) == (State.WAITING, 1)
    soon = (clock.now(), clock.now() + timedelta(minutes=1))
    assert DBTaskResult.objects.get(run_after__range=soon).pk == job.queue_row
    execution.execute(uuid)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.claim) == (State.DONE, 2, None)


def test_a_job_is_as_durable_as_what_asked_for_it():
    owner = people.actor(people.someone("aoi"))
    with transaction.atomic():
        begin(sample_jobs.count, owner, steps=1)
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_wrong_parameters_are_refused_at_the_start():
    with pytest.raises(TypeError):
        begin(sample_jobs.count, people.actor(people.someone("aoi")), step=1)


def test_run_twice_it_works_once(tmp_path):
    path = tmp_path / "touched"
    uuid = begin(sample_jobs.touch, people.actor(people.someone("aoi")), path=str(path))
    execution.execute(uuid)
    execution.execute(uuid)
    assert path.read_text() == "touched\n"


def test_the_worker_takes_what_waits_in_its_queue_and_nothing_else():
    owner = people.actor(people.someone("aoi"))
    uuid = begin(sample_jobs.count, owner, steps=1)
    assert not Worker(Queue.HEAVY).work_once()
    assert Worker(Queue.QUICK).work_once()
    assert not Worker(Queue.QUICK).work_once()
    assert Job.objects.get(uuid=uuid).state == State.DONE
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
