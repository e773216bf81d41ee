"""The operator looks after people: registers, gives and ends roles, lets in and keeps out. All of it is on record."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership, User
from kyodo.core.accounts.tests.people import body, browser, recorded, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    someone("ops", role=Role.OPERATOR)
    return browser("ops")


def shown_once(text: str) -> str:
    (password,) = re.findall(r'value="([a-z2-9]{5}(?:-[a-z2-9]{5}){3})"', text)
    return str(password)


def newcomer(username: str = "Taro", **changes: object) -> dict[str, object]:
    return {
        "username": username,
        "display_name": "日の出 太郎",
        "email": "kikaku@town.example.jp",
        "organisation": body("日の出町", "133051").pk,
        "role": "approver",
        "duty": "企画財政課長",
        "valid_from": clock.today(),
        **changes,
    }


def test_somebody_new_gets_a_password_a_role_and_a_duty(client):
    answer = client.post("/accounts/users/new/", newcomer())
    entered = browser("taro", shown_once(answer.content.decode()))
    assert "日の出町 企画財政課長" in entered.get("/accounts/").content.decode()
    assert recorded()[-2] == "accounts.person_added", "one act, one entry"


def test_a_taken_or_impossible_name_is_refused_in_words(client):
    for name, reason in (("ops", "この利用者名は使われています"), ("花子", "半角の英小文字")):
        answer = client.post("/accounts/users/new/", newcomer(name))
        assert answer.status_code == 422
        assert reason in answer.content.decode(), name
    assert User.objects.count() == 1, "nothing is left of what was refused"


def test_a_role_ends_with_a_day_and_the_account_stays(client):
    user = someone()
    role = Membership.objects.get(user=user)
    page = f"/accounts/users/{user.pk}/roles/{role.pk}/end/"
    assert client.post(page, {"valid_until": "2019-01-01"}).status_code == 422
    assert client.post(page, {"valid_until": clock.today() - timedelta(days=1)}).status_code == 302
    assert browser().get("/needs/").status_code == 403
    assert recorded()[-2] == "accounts.role_ended"


def test_the_same_role_is_not_given_twice(client):
    user = someone()
    told = {"organisation": body().pk, "role": "officer", "duty": "", "valid_from": clock.today()}
    assert client.post(f"/accounts/users/{user.pk}/roles/new/", told).status_code == 422


def test_the_last_operator_stays_and_nobody_shuts_themselves_out(client):
    me = User.objects.get(username="ops")
    role = Membership.objects.get(user=me)
    answer = client.post(f"/accounts/users/{me.pk}/roles/{role.pk}/end/", {"valid_until": clock.today()})
    assert "ほかに有効な運用管理者がいません" in answer.content.decode()
    answer = client.post(f"/accounts/users/{me.pk}/deactivate/", follow=True)
    assert "自分のアカウントは停止できません" in answer.content.decode()


def test_a_new_password_ends_all_sessions(client):
    user = someone()
    before = browser()
    password = shown_once(client.post(f"/accounts/users/{user.pk}/password/").content.decode())
    assert before.get("/accounts/").status_code == 302
    assert browser(password=password).get("/accounts/").status_code == 200
    assert "accounts.password_given" in recorded()


def test_deactivate_and_reactivate(client):
    user = someone()
    before = browser()
    client.post(f"/accounts/users/{user.pk}/deactivate/")
    assert before.get("/accounts/").status_code == 302
    assert "停止中" in client.get(f"/accounts/users/{user.pk}/").content.decode()
    client.post(f"/accounts/users/{user.pk}/reactivate/")
    assert browser().get("/accounts/").status_code == 200
    assert recorded()[-3:-1] == ["accounts.user_deactivated", "accounts.user_reactivated"]


def test_lost_factors_are_taken_off(client):
    user = someone()
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=user, type=kind, data={})
    client.post(f"/accounts/users/{user.pk}/factors/")
    assert Authenticator.objects.count() == 0
    assert recorded()[-1] == "accounts.factors_removed"
    assert client.get(f"/accounts/users/{user.pk}/factors/").status_code == 404


def test_the_list_is_filtered_and_goes_out_as_a_file(client):
    user = someone()
    someone("taro", role=None)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    for query, names in (
        ("", {"hanako", "ops", "taro"}),
        ("q=HANA", {"hanako"}),
        ("body=檜原", {"hanako", "ops"}),
        ("role=operator", {"ops"}),
        ("factor=yes", {"hanako"}),
        ("factor=no", {"ops", "taro"}),
        ("active=no", set()),
    ):
        text = client.get(f"/accounts/users/?format=csv&{query}").getvalue().decode("utf-8-sig")
        assert {line.split(",")[1] for line in text.splitlines()[1:]} == names, query
    assert client.get("/accounts/users/?format=xlsx").content.startswith(b"PK")
    assert "檜原 hanako" in client.get("/accounts/users/?q=hanako").content.decode()


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_many(client, django_assert_max_num_queries):
    for number in range(20):
        someone(f"u{number}")
    with django_assert_max_num_queries(12):
        client.get("/accounts/users/")
