"""A proxy of the town says who it is: believed from its address alone, for the people of its body alone."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from kyodo.core.access.roles import Role
from kyodo.core.accounts.tests.people import body, give, recorded, someone
from kyodo.core.audit.models import EntryValues

pytestmark = pytest.mark.django_db
PROXY, ELSEWHERE = "10.0.0.5", "10.0.0.66"


@pytest.fixture(autouse=True)
def proxy(settings):
    cache.clear()
    settings.SIGN_IN_HEADERS = [{"header": "X-Remote-User", "proxies": [PROXY], "organisation": "133078"}]


def knock(name: str = "Hanako", *, peer: str = PROXY) -> tuple[Client, int, str]:
    client = Client(REMOTE_ADDR=peer, headers={"x-remote-user": name} if name else {})
    answer = client.post("/accounts/header/")
    return client, answer.status_code, answer.content.decode()


def test_whom_the_proxy_names_is_in():
    someone()
    client, status, _text = knock()
    assert status == 302
    assert client.get("/accounts/").status_code == 200
    assert recorded()[-1] == "accounts.signed_in"


def test_it_leads_where_one_wanted_and_not_to_another_site():
    someone()
    client = Client(REMOTE_ADDR=PROXY, headers={"x-remote-user": "hanako"})
    assert client.post("/accounts/header/", {"next": "/needs/"}).headers["Location"] == "/needs/"
    other = Client(REMOTE_ADDR=PROXY, headers={"x-remote-user": "hanako"})
    assert other.post("/accounts/header/", {"next": "https://evil.test/"}).headers["Location"] == "/"


def test_the_header_from_another_address_is_ignored_and_on_record_once_a_minute():
    someone()
    for _time in range(3):
        client, status, text = knock(peer=ELSEWHERE)
        assert status == 403
        assert "確かめられませんでした" in text
        assert client.get("/accounts/").status_code == 302
    assert recorded().count("accounts.header_refused") == 1
    assert ELSEWHERE in str(EntryValues.objects.get(entry__action="accounts.header_refused").values)


def test_a_forwarded_address_is_not_the_proxys():
    someone()
    client = Client(REMOTE_ADDR=ELSEWHERE, headers={"x-remote-user": "hanako", "x-forwarded-for": PROXY})
    assert client.post("/accounts/header/").status_code == 403


def test_without_the_header_nobody_is_in_and_nothing_is_recorded():
    someone()
    assert knock("")[1] == 403
    assert "accounts.header_refused" not in recorded()


def test_a_towns_proxy_opens_no_account_of_others():
    give(someone("taro", role=None), Role.OFFICER, to=body("日の出町", "133051"))
    client, status, text = knock("taro")
    assert status == 403
    assert "<code>taro</code>" in text
    assert client.get("/accounts/").status_code == 302


def test_a_deactivated_account_stays_shut():
    user = someone()
    user.is_active = False
    user.save()
    assert knock()[1] == 403


@pytest.mark.parametrize(("peer", "offered"), [(PROXY, True), (ELSEWHERE, False)])
def test_the_button_stands_where_the_proxy_does(peer, offered):
    page = Client(REMOTE_ADDR=peer).get("/accounts/login/").content.decode()
    assert ("庁内の認証でサインイン" in page) is offered
