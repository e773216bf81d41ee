"""Guessing is slowed down for a minute; nobody else is, and no account is blocked."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from kyodo.core.accounts.tests.people import PASSWORD, someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def attempt(name: str, password: str = "wrong", *, address: str = "10.1.0.1") -> str:
    client = Client(REMOTE_ADDR=address)
    answer = client.post("/accounts/login/", {"login": name, "password": password})
    return answer.content.decode() if answer.status_code == 200 else "in"


@pytest.fixture
def guessed():
    someone()
    someone("taro")
    for _time in range(10):
        assert "利用者名かパスワードが違います" in attempt("hanako")


def test_the_eleventh_failure_in_a_minute_is_told_to_wait_a_minute(guessed):
    assert "1分待って" in attempt("hanako")
    assert "1分待って" in attempt("HANAKO", PASSWORD)


def test_other_names_and_other_devices_are_not_affected(guessed):
    assert attempt("taro", PASSWORD) == "in"
    assert attempt("hanako", PASSWORD, address="10.1.0.2") == "in"


def test_after_a_minute_the_right_password_works_again(guessed, monkeypatch):
    from allauth.core.internal import ratelimit

    later = ratelimit.time.time() + 61
    monkeypatch.setattr(ratelimit.time, "time", lambda: later)
    assert attempt("hanako", PASSWORD) == "in"


def test_who_asks_too_often_sees_a_page_of_ours_in_their_language():
    client = Client()
    for _time in range(5):
        assert client.post("/accounts/password/reset/", {"email": "a@example.jp"}).status_code == 302
    answer = client.post("/accounts/password/reset/", {"email": "a@example.jp"})
    assert answer.status_code == 429
    assert "少し待ってください" in answer.content.decode()
    client.cookies["kyodo_language"] = "en"
    assert (
        "Please wait a moment" in client.post("/accounts/password/reset/", {"email": "a@example.jp"}).content.decode()
    )


def test_migrating_alone_makes_the_table_where_limits_count():
    assert "kyodo_cache" in connection.introspection.table_names()
