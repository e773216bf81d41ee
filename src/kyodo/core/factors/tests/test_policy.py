"""The region says which roles need a second factor and which kinds count; who has none is told whom to ask."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value

from kyodo.core.access.roles import Role
from kyodo.core.accounts.tests.people import PASSWORD, body, browser, confirm, recorded, someone
from kyodo.core.accounts.tests.people import give as give_role
from kyodo.core.factors import queries
from kyodo.core.factors.rules import USUAL, Factor, Policy, strictest
from kyodo.core.factors.tests.situations import PAGE, asked, at_second_step, give, is_in, issued

pytestmark = pytest.mark.django_db


def with_app(user: object) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return str(secret)


def code_of(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


def test_by_default_nothing_is_required():
    someone()
    assert is_in(at_second_step())
    assert queries.policies()[Role.OFFICER] == Policy(False, USUAL)


def test_required_and_nothing_there_stops_with_whom_to_ask():
    someone()
    someone("jinji", role=Role.ADMINISTRATOR)
    asked()
    client = at_second_step()
    page = client.get(PAGE).content.decode()
    assert "いま使える方法がありません" in page
    assert f"{body().name} 檜原 jinji" in page
    assert not is_in(client)
    assert "accounts.signed_in" not in recorded()


def test_without_an_administrator_the_operator_is_named():
    someone()
    asked()
    assert "運用管理者に" in at_second_step().get(PAGE).content.decode()


def test_an_app_is_enough_where_it_is_accepted():
    secret = with_app(someone())
    asked()
    client = at_second_step()
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert is_in(client)


def test_an_app_is_not_enough_where_only_the_sheet_is():
    user = someone()
    secret = with_app(user)
    codes = issued(user)
    asked(Role.OFFICER, Factor.SHEET)
    client = at_second_step()
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == PAGE
    assert not is_in(client)
    give(client, codes[1])
    assert is_in(client)


def test_who_has_an_app_and_a_sheet_may_choose():
    user = someone()
    with_app(user)
    codes = issued(user)
    client = at_second_step()
    assert PAGE in client.get("/accounts/2fa/authenticate/").content.decode()
    give(client, codes[1])
    assert is_in(client)


def test_no_other_way_is_offered_where_there_is_none():
    with_app(someone())
    assert PAGE not in at_second_step().get("/accounts/2fa/authenticate/").content.decode()


def test_the_strictest_of_several_roles_holds():
    user = someone()
    give_role(user, Role.AUDITOR)
    asked(Role.AUDITOR)
    assert not is_in(at_second_step())
    policy = strictest([Policy(False, USUAL), Policy(True, frozenset({Factor.SHEET, Factor.MAIL}))])
    assert policy == Policy(True, frozenset({Factor.SHEET}))


def test_a_role_that_is_over_asks_for_nothing():
    user = someone()
    give_role(user, Role.AUDITOR, days=(-30, -1))
    asked(Role.AUDITOR)
    assert is_in(at_second_step())


def test_the_second_step_can_not_be_skipped_and_belongs_to_a_sign_in():
    user = someone()
    issued(user)
    assert at_second_step("nobody").get(PAGE).headers["Location"] == "/accounts/login/"
    client = at_second_step()
    for path in ("/accounts/", "/needs/", "/accounts/2fa/"):
        assert client.get(path).status_code == 302


def test_to_confirm_once_more_is_as_before():
    user = someone()
    codes = issued(user)
    client = at_second_step()
    give(client, codes[1])
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    confirm(client)


def told(*required: Role, **accepted: list[str]) -> dict[str, object]:
    values: dict[str, object] = {f"accepted_{role}": sorted(USUAL) for role in Role if role is not Role.RESIDENT}
    return values | {f"required_{role}": "on" for role in required} | accepted


def test_the_operator_sets_it_on_its_page():
    someone("ops", role=Role.OPERATOR)
    operator = browser("ops")
    page = operator.post("/accounts/policy/", told(Role.AUDITOR, accepted_auditor=["sheet"]), follow=True)
    assert "方針を決めました" in page.content.decode()
    assert queries.policies()[Role.AUDITOR] == Policy(True, frozenset({Factor.SHEET}))
    assert recorded()[-1] == "factors.policy_set"


def test_a_role_that_is_asked_needs_a_way_to_answer():
    someone("ops", role=Role.OPERATOR)
    answer = browser("ops").post("/accounts/policy/", told(Role.AUDITOR, accepted_auditor=[]))
    assert "方法を一つは認めてください" in answer.content.decode()


def test_an_operator_without_a_factor_does_not_lock_the_operators_out():
    user = someone("ops", role=Role.OPERATOR)
    operator = browser("ops")
    assert "入れなくなります" in operator.post("/accounts/policy/", told(Role.OPERATOR)).content.decode()
    with_app(user)
    assert operator.post("/accounts/policy/", told(Role.OPERATOR)).status_code == 302


def test_the_towns_own_sign_on_counts_where_the_policy_says_so(settings):
    from django.test import Client

    settings.SIGN_IN_HEADERS = [{"header": "X-Remote-User", "proxies": ["127.0.0.1"], "organisation": "133078"}]
    someone()
    for accepted, enough in ((Factor.SIGN_ON, True), (Factor.SHEET, False)):
        asked(Role.OFFICER, accepted)
        client = Client(headers={"x-remote-user": "hanako"})
        client.post("/accounts/header/")
        assert is_in(client) is enough
