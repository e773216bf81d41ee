"""Somebody signs in and out, and the record says so."""

from __future__ import annotations

import pytest
from django.test import Client

from kyodo.core import clock
from kyodo.core.access.actor import command
from kyodo.core.accounts import actions
from kyodo.core.accounts.tests.people import PASSWORD, browser, recorded, someone

pytestmark = pytest.mark.django_db


def test_the_name_is_taken_in_any_case_and_leads_where_one_wanted():
    someone()
    client = Client()
    answer = client.post("/accounts/login/?next=/needs/", {"login": " Hanako", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/needs/")


def test_signing_in_and_out_is_on_record():
    someone()
    client = browser()
    client.post("/accounts/logout/")
    assert recorded()[-2:] == ["accounts.signed_in", "accounts.signed_out"]
    assert client.get("/accounts/").status_code == 302


@pytest.mark.parametrize("name", ["hanako", "nobody"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(name):
    someone()
    answer = Client().post("/accounts/login/", {"login": name, "password": "wrong"})
    assert "利用者名かパスワードが違います" in answer.content.decode()


def test_a_deactivated_account_is_told_whom_to_ask():
    user = someone()
    actions.deactivate_user(user=user, by=command(), at=clock.now())
    answer = Client().post("/accounts/login/", {"login": "hanako", "password": PASSWORD}, follow=True)
    assert "このアカウントは利用を停止しています" in answer.content.decode()
    assert "accounts.signed_in" not in recorded()


def test_deactivation_ends_what_is_open():
    user = someone()
    client = browser()
    assert client.get("/accounts/").status_code == 200
    actions.deactivate_user(user=user, by=command(), at=clock.now())
    assert client.get("/accounts/").status_code == 302


def test_nobody_registers_alone():
    assert "アカウントは管理者が作ります" in Client().get("/accounts/signup/").content.decode()
    Client().post("/accounts/signup/", {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert recorded() == []


def test_the_password_is_changed_and_other_devices_are_out():
    someone()
    here, there = browser(), browser()
    new = "other-words-in-a-row"
    told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", told).headers["Location"] == "/accounts/"
    assert "パスワードを変えました" in here.get("/accounts/").content.decode()
    assert there.get("/accounts/").status_code == 302
    assert recorded()[-1] == "accounts.password_changed"


def test_faults_of_a_new_password_are_told_in_japanese():
    someone()
    told = {"oldpassword": "wrong", "password1": "short", "password2": "other"}
    text = browser().post("/accounts/password/change/", told).content.decode()
    for words in ("いまのパスワードが違います", "2つの新しいパスワードが違います", "12 文字以上"):
        assert words in text, words
