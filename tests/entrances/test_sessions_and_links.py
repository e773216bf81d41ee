"""Sessions, roles and links at two entrances: each is worth something where it belongs, and says where that is."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from kyodo.core.accounts.models import User
from kyodo.core.accounts.tests.people import PASSWORD
from kyodo.core.entrances import queries
from tests.program import Program
from tests.region import Region
from tests.two_entrances import INNER, OUTER, two_entrances

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def with_password(user: User, email: str = "") -> User:
    user.set_password(PASSWORD)
    user.email = email
    user.save()
    return user


def sign_in(user: User, host: str) -> Client:
    client = Client(headers={"host": host})
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


@pytest.mark.parametrize(("here", "there"), [(INNER, OUTER), (OUTER, INNER)])
def test_a_session_cookie_carried_to_the_other_host_opens_nothing(region: Region, both, here, there):
    client = sign_in(with_password(region.villager.user), here)
    assert client.get("/accounts/").status_code == 200
    for path in ("/accounts/", "/needs/new/", "/accounts/password/change/", "/accounts/2fa/"):
        answer = client.get(path, headers={"host": there})
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/accounts/login/"), path
    assert client.get("/accounts/login/", headers={"host": there}).status_code == 200
    assert client.get("/accounts/").status_code == 200, "and stays good where it was made"


def test_roles_that_an_entrance_refuses_are_not_theirs_there_and_the_page_names_the_right_one(region: Region, settings):
    two_entrances(settings, outer_roles=("officer",))
    coordinator = with_password(region.coordinator.user)
    client = sign_in(coordinator, OUTER)
    answer = client.get("/needs/board/?q=1")
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "庁内の入口" in text
    assert f"http://{INNER}:8000/needs/board/?q=1" in text
    assert client.get("/accounts/").status_code == 200
    officer = sign_in(with_password(region.villager.user), OUTER)
    assert officer.get("/needs/").status_code == 200


def test_a_role_of_another_body_does_not_come_in_by_the_chosen_organisation(region: Region, settings):
    two_entrances(settings, outer_roles=("officer",))
    client = sign_in(with_password(region.coordinator.user), OUTER)
    assert client.post("/accounts/organisation/", {"organisation": region.dx_body.pk}).status_code == 404


def test_a_link_to_what_is_never_shown_outside_says_where_to_open_it(region: Region, both):
    client = sign_in(with_password(region.auditor.user), OUTER)
    text = client.get("/audit/").content.decode()
    assert "この画面は、ほかの入口で開きます" in text
    assert f"http://{INNER}:8000/audit/" in text


def test_what_opens_at_no_entrance_is_just_refused(region: Region, both):
    text = sign_in(with_password(region.villager.user), OUTER).get("/entrances/").content.decode()
    assert "ほかの入口で開きます" not in text


def test_the_api_asks_the_entrance_too(region: Region, settings):
    two_entrances(settings, outer_roles=("auditor",))
    for host, status in ((INNER, 200), (OUTER, 403)):
        program = Program(region.villager, may_write=False, host=host)
        assert program.call("GET", "/needs").status_code == status


def test_a_way_that_the_entrance_lacks_opens_nothing(region: Region, settings):
    two_entrances(settings, ways=("passkey",))
    user = with_password(region.villager.user)
    page = Client(headers={"host": OUTER}).get("/accounts/login/").content.decode()
    assert 'name="password"' not in page
    assert "パスキーでサインイン" in page
    answers = []
    for password in (PASSWORD, "wrong"):
        client = Client(headers={"host": OUTER})
        answer = client.post("/accounts/login/", {"login": user.username, "password": password})
        answers.append(re.sub(r'value="\w{64}"', "", answer.content.decode()))
        assert client.get("/accounts/").status_code == 302
    assert answers[0] == answers[1], "it does not tell whether the password was right"
    assert sign_in(user, INNER).get("/accounts/").status_code == 200


def test_the_link_of_a_new_password_leads_to_the_own_entrance(region: Region, both):
    region.village.home_entrance = both[INNER]
    region.village.save()
    with_password(region.villager.user, "soumu@vill.example.jp")
    with_password(region.townsman.user, "soumu@vill.example.jp")
    Client(headers={"host": OUTER}).post("/accounts/password/reset/", {"email": "soumu@vill.example.jp"})
    links = sorted(re.findall(r"http://\S+", "".join(str(letter.body) for letter in mail.outbox)))
    assert len(links) == 2, "one mail each, though they share the mailbox"
    assert links[0].startswith(f"http://{INNER}:8000/accounts/password/reset/key/")
    assert links[1].startswith("http://localhost:8000/accounts/password/reset/key/")


@pytest.fixture
def behind_tls(both, settings):
    settings.BEHIND_TLS = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.CSRF_TRUSTED_ORIGINS = [f"https://{INNER}", f"https://{OUTER}"]
    queries.forget()


@pytest.mark.parametrize("host", [INNER, OUTER])
def test_behind_a_proxy_that_ends_tls_both_hosts_take_forms_and_keep_to_themselves(region: Region, behind_tls, host):
    user = with_password(region.villager.user)
    client = Client(enforce_csrf_checks=True, headers={"host": host, "x-forwarded-proto": "https"})
    page = client.get("/accounts/login/").content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
    told = {"login": user.username, "password": PASSWORD, "csrfmiddlewaretoken": token}
    refused = client.post("/accounts/login/", told, headers={"origin": "https://evil.test"})
    assert refused.status_code == 403
    answer = client.post("/accounts/login/", told, headers={"origin": f"https://{host}"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/"), "relative: it stays at this host"
    for name in ("kyodo_session", "kyodo_csrf"):
        cookie = client.cookies[name]
        assert cookie["secure"], name
        assert cookie["domain"] == "", "of this host alone"
    assert client.get("/accounts/").status_code == 200


def test_links_are_https_behind_tls(behind_tls):
    assert queries.of_host(OUTER).address == f"https://{OUTER}"
