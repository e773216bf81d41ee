"""The pages of jobs: left and come back to, only by their owner; the operator sees that they run."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.jobs import execution
from kyodo.core.jobs.actions import start
from kyodo.core.jobs.models import Job
from kyodo.core.jobs.rules import State
from kyodo.core.jobs.tests import people, sample_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def aoi():
    return people.someone("aoi")


@pytest.fixture
def uuid(aoi):
    return start(sample_jobs.count, by=people.actor(aoi), at=clock.now(), about="檜原村の端末", steps=2)


def page(uuid):
    return reverse("jobs:job", args=[uuid])


def test_it_refreshes_by_itself_and_by_a_link_until_it_is_done(client, aoi, uuid):
    people.sign_in(client, aoi)
    text = client.get(page(uuid)).content.decode()
    assert "檜原村の端末" in text
    assert 'hx-trigger="every 1s"' in text
    assert "中止する" in text
    execution.execute(uuid)
    part = client.get(page(uuid), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "hx-get" not in part
    assert "2まで数え終わりました。" in part
    assert 'href="/audit/"' in part


def test_it_is_cancelled_with_a_button(client, aoi, uuid):
    people.sign_in(client, aoi)
    answer = client.post(reverse("jobs:cancel", args=[uuid]), follow=True)
    assert answer.redirect_chain == [(page(uuid), 302)]
    assert Job.objects.get(uuid=uuid).state == State.CANCELLED
    again = client.post(reverse("jobs:cancel", args=[uuid]), follow=True)
    assert "もう終わっていたため" in again.content.decode()


def test_nobody_else_finds_it(client, uuid):
    people.sign_in(client, people.someone("ren", Role.OPERATOR))
    assert client.get(page(uuid)).status_code == 404
    assert client.post(reverse("jobs:cancel", args=[uuid])).status_code == 404
    client.cookies.clear()
    assert client.get(page(uuid)).status_code == 302


def test_the_list_has_ones_own_jobs_in_both_languages(client, aoi, uuid):
    start(sample_jobs.refuse, by=people.actor(people.someone("ren")), at=clock.now())
    people.sign_in(client, aoi)
    text = client.get("/jobs/").content.decode()
    assert "数える" in text
    assert "断る" not in text
    client.cookies["kyodo_language"] = "en"
    assert "Your background work" in client.get("/jobs/").content.decode()


def test_an_empty_list_says_what_will_be_there(client, aoi):
    people.sign_in(client, aoi)
    assert "時間のかかる処理を始めると" in client.get("/jobs/").content.decode()


def test_the_operator_sees_that_it_failed_not_what_it_was_and_runs_it_again(client, aoi, uuid):
    Job.objects.filter(uuid=uuid).update(state=State.FAILED, finished_at=clock.now(), attempts=3, error="?")
    people.sign_in(client, people.someone("ops", Role.OPERATOR))
    text = client.get("/jobs/all/").content.decode()
    assert "失敗" in text
    assert "檜原村の端末" not in text
    client.post(reverse("jobs:again", args=[uuid]))
    job = Job.objects.get(uuid=uuid)
    assert (job.state, job.attempts) == (State.WAITING, 0)
    people.sign_in(client, aoi)
    assert client.get("/jobs/all/").status_code == 403
    assert client.post(reverse("jobs:again", args=[uuid])).status_code == 403
