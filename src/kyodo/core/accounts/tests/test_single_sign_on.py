"""A body's own single sign-on opens the account of the same user name, and makes none.

The provider is a small server on this machine that speaks what OpenID Connect asks for; all of ours is real.
"""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlparse

import jwt
import pytest
from django.test import Client

from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import User
from kyodo.core.accounts.tests.people import browser, recorded, someone

pytestmark = pytest.mark.django_db

START = "/accounts/oidc/town/login/?process=login"


class Provider(BaseHTTPRequestHandler):
    """Discovery, token and userinfo of a town's sign-on."""

    claims: ClassVar[dict[str, str]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        home = f"http://{self.headers['Host']}"
        if self.path == "/.well-known/openid-configuration":
            self._say(
                issuer=home,
                authorization_endpoint=f"{home}/authorize",
                token_endpoint=f"{home}/token",
                userinfo_endpoint=f"{home}/userinfo",
                jwks_uri=f"{home}/keys",
                token_endpoint_auth_methods_supported=["client_secret_post"],
            )
        else:
            self._say(**self.claims)

    def do_POST(self) -> None:
        self.asked.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        home = f"http://{self.headers['Host']}"
        token = jwt.encode({"iss": home, "aud": "kyodo", "exp": time.time() + 60, **self.claims}, "k" * 32)
        self._say(access_token="a", token_type="Bearer", expires_in=60, id_token=token)

    def _say(self, **answer: object) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""


@pytest.fixture
def provider(settings):
    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    home = f"http://127.0.0.1:{server.server_address[1]}"
    app = {
        "provider_id": "town",
        "name": "檜原村 職員認証",
        "client_id": "kyodo",
        "secret": "s",
        "settings": {"server_url": home, "organisation": "133078"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    Provider.claims = {"sub": "4711", "preferred_username": "Hanako", "email": "soumu@vill.example.jp"}
    Provider.asked = []
    yield app
    server.shutdown()
    thread.join()
    server.server_close()


def go_there_and_back(client: Client):
    there = client.get(START)
    assert there.status_code == 302
    address = urlparse(there.headers["Location"])
    query = parse_qs(address.query)
    assert address.path == "/authorize"
    back = urlparse(query["redirect_uri"][0])
    return client.get(back.path, {"code": "c", "state": query["state"][0]}, follow=True)


def test_the_same_user_name_is_let_in_and_connected_once(provider):
    someone()
    for client in (Client(), Client()):
        assert "檜原村 職員認証" in client.get("/accounts/login/").content.decode()
        go_there_and_back(client)
        assert client.get("/accounts/").status_code == 200
    assert recorded().count("accounts.identity_connected") == 1
    assert recorded()[-1] == "accounts.signed_in"
    assert Provider.asked.count("/token") == 2


def test_an_unknown_name_gets_no_account_and_is_told_which_name_it_was(provider):
    someone("taro")
    client = Client()
    answer = go_there_and_back(client)
    assert answer.status_code == 403
    assert "つながるアカウントがありません" in answer.content.decode()
    assert "<code>hanako</code>" in answer.content.decode()
    assert User.objects.count() == 1
    assert client.get("/accounts/").status_code == 302


def test_a_towns_sign_on_does_not_open_accounts_of_others(provider):
    someone(role=None)
    client = Client()
    assert go_there_and_back(client).status_code == 403
    assert client.get("/accounts/").status_code == 302


def test_without_a_named_body_it_opens_all_accounts_of_the_name(provider):
    provider["settings"].pop("organisation")
    someone(role=None)
    client = Client()
    go_there_and_back(client)
    assert client.get("/accounts/").status_code == 200


def test_a_deactivated_account_stays_shut(provider):
    user = someone()
    user.is_active = False
    user.save()
    assert go_there_and_back(Client()).status_code == 403


def test_who_is_signed_in_as_somebody_else_connects_nothing(provider):
    someone()
    someone("taro", role=Role.APPROVER)
    client = browser("taro")
    assert go_there_and_back(client).status_code == 403
    assert "accounts.identity_connected" not in recorded()


def test_the_connection_is_removed_by_its_owner(provider):
    someone()
    client = Client()
    go_there_and_back(client)
    text = client.get("/accounts/3rdparty/").content.decode()
    assert "檜原村 職員認証" in text
    key = text.partition('name="account" value="')[2].partition('"')[0]
    client.post("/accounts/3rdparty/", {"account": key})
    assert recorded()[-1] == "accounts.identity_removed"
    assert "つながりはありません" in client.get("/accounts/3rdparty/").content.decode()


def test_what_goes_wrong_over_there_is_explained(provider):
    someone()
    client = Client()
    there = parse_qs(urlparse(client.get(START).headers["Location"]).query)
    answer = client.get("/accounts/oidc/town/login/callback/", {"error": "server_error", "state": there["state"][0]})
    assert "シングルサインオンでサインインできませんでした" in answer.content.decode()
    assert "サインインをやめました" in client.get("/accounts/3rdparty/login/cancelled/").content.decode()
