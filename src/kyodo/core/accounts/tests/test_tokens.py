"""A program's key: issued, seen once, used, revoked."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kyodo.core.accounts.models import ApiToken
from kyodo.core.accounts.tests.people import browser, recorded, someone

pytestmark = pytest.mark.django_db


def issue(client: Client, scope: str = "read") -> str:
    answer = client.post("/accounts/tokens/new/", {"name": "夜間連携", "scope": scope})
    assert "no-store" in answer.headers["Cache-Control"]
    (secret,) = re.findall(r'value="(kyodo_[\w-]+)"', answer.content.decode())
    return str(secret)


def called(secret: str, method: str = "get") -> int:
    call = getattr(Client(), method)
    return int(
        call(
            "/api/v1/needs", content_type="application/json", headers={"Authorization": f"Bearer {secret}"}
        ).status_code
    )


def test_it_is_shown_once_and_kept_nowhere():
    someone()
    client = browser()
    secret = issue(client)
    listed = client.get("/accounts/tokens/").content.decode()
    assert "夜間連携" in listed
    assert secret[:10] in listed
    assert secret not in listed
    assert secret not in str(ApiToken.objects.values().get())
    assert recorded()[-1] == "accounts.token_issued"


def test_a_reading_token_reads_and_does_not_write():
    someone()
    secret = issue(browser())
    assert called(secret) == 200
    assert called(secret, "post") == 403


def test_a_revoked_token_opens_nothing():
    someone()
    client = browser()
    secret = issue(client, "write")
    page = f"/accounts/tokens/{ApiToken.objects.get().pk}/revoke/"
    assert "このトークンを無効にしますか" in client.get(page).content.decode()
    assert "無効にした" in client.post(page, follow=True).content.decode()
    assert called(secret) == 401
    assert client.post(page).status_code == 404
    assert recorded()[-1] == "accounts.token_revoked"


def test_nobody_revokes_the_token_of_another():
    someone()
    issue(browser())
    someone("taro")
    assert browser("taro").post(f"/accounts/tokens/{ApiToken.objects.get().pk}/revoke/").status_code == 404


def test_faults_are_shown_at_their_fields():
    someone()
    answer = browser().post("/accounts/tokens/new/", {"name": "", "scope": "all"})
    assert answer.status_code == 422
    assert ApiToken.objects.count() == 0
