"""An empty database, a key, five steps: whoever started the server leads the region in, and can leave and come back."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from kyodo.core.accounts.models import Membership, User
from kyodo.core.first_day import keys, steps
from kyodo.core.jobs import execution
from kyodo.core.jobs.models import Job
from kyodo.core.organisations.models import Kind, Organisation

pytestmark = pytest.mark.django_db

TOLD = {
    "organisation": "兵庫DX推進機構",
    "display_name": "運用 花子",
    "username": "hanako",
    "email": "hanako@example.jp",
    "password": "tall-trees-by-the-river",
}


@pytest.fixture
def key(settings, tmp_path) -> str:
    settings.DATA_DIR = tmp_path
    return keys.ensure()


def begun(key: str) -> Client:
    browser = Client()
    assert browser.post("/start/", {**TOLD, "key": key}).status_code == 302
    return browser


def test_without_the_key_there_is_no_such_page(key: str):
    assert Client().get("/start/").status_code == 404
    assert Client().get("/start/?key=guess").status_code == 404
    assert Client().get("/start/?key=あ").status_code == 404
    assert Client().get("/start/?key=").status_code == 404
    assert Client().post("/start/", {**TOLD, "key": "guess"}).status_code == 404
    assert not User.objects.exists()


def test_whoever_holds_the_key_becomes_the_first_operator_and_the_key_is_spent(key: str):
    assert Client().get(f"/start/?key={key}").status_code == 200
    browser = begun(key)
    assert set(Membership.objects.values_list("role", flat=True)) == {"operator", "coordinator"}
    assert Organisation.objects.get().kind == Kind.DX_BODY
    assert "はじめの準備" in browser.get("/").content.decode()
    assert Client().post("/start/", {**TOLD, "username": "second", "key": key}).status_code == 404
    assert not keys.fits(key)


def test_a_weak_password_is_refused_and_nothing_is_made(key: str):
    answer = Client().post("/start/", {**TOLD, "password": "short", "key": key})
    assert answer.status_code == 422
    assert not Organisation.objects.exists()


def test_the_bodies_come_in_the_background_with_their_map(key: str):
    browser = begun(key)
    answer = browser.post("/start/bodies/", {"codes": "282031 282014"})
    job = Job.objects.get(kind="regions.create")
    assert answer.headers["Location"] == f"/jobs/{job.uuid}/"
    execution.execute(job.uuid)
    assert Organisation.objects.filter(code__in=["282031", "282014"], tile_column__isnull=False).count() == 2
    assert Organisation.objects.filter(kind=Kind.DX_BODY).count() == 1


def test_a_code_that_nobody_has_is_named(key: str):
    answer = begun(key).post("/start/bodies/", {"codes": "282031 999999"})
    assert answer.status_code == 422
    assert "999999" in answer.content.decode()
    assert not Job.objects.exists()


def test_the_steps_stand_where_they_were_left(key: str):
    browser = begun(key)
    assert [step.is_done for step in steps.steps()] == [True, False, False, False, False]
    browser.post("/start/mail/")
    assert mail.outbox[0].to == ["hanako@example.jp"]
    browser.post("/start/steps/reach/done/")
    browser.post("/start/steps/templates/done/")
    assert [step.is_done for step in steps.steps()] == [True, False, True, True, False]
    assert "3/5" in browser.get("/").content.decode()
    assert browser.post("/start/steps/people/done/").status_code == 404, "that is seen from the people"
