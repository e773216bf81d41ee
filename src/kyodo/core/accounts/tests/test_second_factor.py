"""What somebody does to the second factor and to sessions is on record; codes work once."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from allauth.usersessions.models import UserSession
from django.test import Client

from kyodo.core.accounts.rules import device_of, one_time_password
from kyodo.core.accounts.tests.people import EDGE, PASSWORD, browser, confirm, recorded, someone

pytestmark = pytest.mark.django_db

SECRET = re.compile(r"<code>((?:\w{4} ){7}\w{4})</code>")


def code_of(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """django-allauth announces a changed factor when it is committed, which a test never does by itself."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def client():
    someone()
    signed_in = browser()
    confirm(signed_in)
    return signed_in


def activate(client: Client, committed: Any) -> str:
    (shown,) = SECRET.findall(client.get("/accounts/2fa/totp/activate/").content.decode())
    secret = shown.replace(" ", "")
    with committed(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    return str(secret)


def test_an_app_is_added_and_asked_for_at_the_next_sign_in(client, committed):
    secret = activate(client, committed)
    assert recorded()[-2:] == ["accounts.factor_added", "accounts.factor_added"]  # the app and its recovery codes
    other = Client()
    answer = other.post("/accounts/login/", {"login": "hanako", "password": PASSWORD})
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert other.get("/accounts/").status_code == 302
    assert "コードを確かめられませんでした" in other.post("/accounts/2fa/authenticate/", {"code": "1"}).content.decode()
    other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert other.get("/accounts/").status_code == 200
    assert recorded()[-1] == "accounts.signed_in"


def test_a_recovery_code_works_once(client, committed):
    activate(client, committed)
    text = client.get("/accounts/2fa/recovery-codes/").content.decode()
    code = re.findall(r"<li><code>(\d+)</code>", text)[0]
    assert code in client.get("/accounts/2fa/recovery-codes/download/").content.decode()
    for status in (200, 302):
        other = Client()
        other.post("/accounts/login/", {"login": "hanako", "password": PASSWORD})
        other.post("/accounts/2fa/authenticate/", {"code": code})
        assert other.get("/accounts/").status_code == status


def test_the_app_is_removed_and_codes_are_renewed(client, committed):
    activate(client, committed)
    with committed(execute=True):
        client.post("/accounts/2fa/recovery-codes/generate/")
    assert recorded()[-1] == "accounts.recovery_codes_renewed"
    with committed(execute=True):
        client.post("/accounts/2fa/totp/deactivate/")
    assert recorded()[-2:] == ["accounts.factor_removed", "accounts.factor_removed"]
    assert "まだ使っていません" in client.get("/accounts/2fa/").content.decode()


def test_the_way_in_is_changed_only_by_who_confirms():
    someone()
    answer = browser().get("/accounts/2fa/totp/activate/")
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")


def test_devices_are_told_apart_and_ended_one_by_one():
    someone()
    here, there = browser(), browser(user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1")
    text = here.get("/accounts/sessions/").content.decode()
    assert "Edge / Windows" in text
    assert "Safari / iPhone" in text
    key = UserSession.objects.get(user_agent__contains="iPhone").pk
    here.post(f"/accounts/sessions/{key}/end/")
    assert there.get("/accounts/").status_code == 302
    assert here.get("/accounts/").status_code == 200
    assert recorded()[-1] == "accounts.session_ended"


def test_all_other_devices_end_at_once():
    someone()
    here, there = browser(), browser()
    here.post("/accounts/sessions/")
    assert there.get("/accounts/").status_code == 302
    assert here.get("/accounts/").status_code == 200
    assert recorded()[-1] == "accounts.session_ended"


def test_nobody_ends_the_session_of_another():
    someone()
    someone("taro")
    theirs = browser()
    key = UserSession.objects.get().pk
    assert browser("taro").post(f"/accounts/sessions/{key}/end/").status_code == 404
    assert theirs.get("/accounts/").status_code == 200


def test_a_browser_in_words():
    assert device_of(EDGE) == "Edge / Windows"
    assert device_of("curl/8") == ""


def test_passwords_to_hand_over_can_be_read_aloud():
    made = {one_time_password() for _time in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}", one) for one in made)
