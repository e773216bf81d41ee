"""One's own account: who one is here, the language, the organisation one acts for; and what is left without a role."""

from __future__ import annotations

import pytest
from django.test import Client

from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import User
from kyodo.core.accounts.tests.people import body, browser, give, recorded, someone

pytestmark = pytest.mark.django_db


def test_it_tells_roles_in_words_and_since_when():
    someone()
    text = browser().get("/accounts/").content.decode()
    for words in ("檜原 hanako", "檜原村", "担当者", "自分の団体の相談を書き", "期限なし", "パスワードを変える"):
        assert words in text, words
    english = browser()
    english.cookies["kyodo_language"] = "en"
    assert "Staff who post needs of their body" in english.get("/accounts/").content.decode()


def test_the_chosen_language_follows_the_person_and_beats_the_browser():
    someone()
    browser().post("/language/", {"language": "en", "next": "/accounts/"})
    assert User.objects.get().language == "en"
    assert recorded()[-1] == "accounts.language_chosen"
    elsewhere = browser()
    elsewhere.cookies["kyodo_language"] = "ja"
    assert "Language of the pages" in elsewhere.get("/accounts/").content.decode()
    elsewhere.post("/language/", {"language": "en"})
    assert recorded().count("accounts.language_chosen") == 1


def test_a_visitor_and_a_persona_choose_for_the_browser_alone():
    Client().post("/language/", {"language": "en"})
    user = someone()
    client = browser()
    user.set_unusable_password()
    user.save()
    client.post("/language/", {"language": "en"})
    assert "accounts.language_chosen" not in recorded()


def test_who_belongs_to_two_bodies_chooses_for_which_to_act():
    user = someone()
    ward = body("世田谷区", "131121")
    give(user, Role.COORDINATOR, to=ward)
    client = browser()
    assert "どの団体として操作しますか" in client.get("/accounts/").content.decode()
    answer = client.post("/accounts/organisation/", {"organisation": ward.pk}, follow=True)
    assert "これから世田谷区として操作します" in answer.content.decode()
    assert "世田谷区 檜原 hanako" in answer.content.decode()


def test_nobody_acts_for_a_body_they_do_not_belong_to():
    user = someone()
    ward = body("世田谷区", "131121")
    client = browser()
    for wanted in (str(ward.pk), "", "x"):
        assert client.post("/accounts/organisation/", {"organisation": wanted}).status_code == 404
    give(user, Role.OFFICER, to=ward, days=(-30, -1))
    assert client.post("/accounts/organisation/", {"organisation": ward.pk}).status_code == 404


def test_when_the_chosen_role_is_over_the_other_one_is_used():
    user = someone()
    ward = body("世田谷区", "131121")
    give(user, Role.OFFICER, to=ward)
    client = browser()
    client.post("/accounts/organisation/", {"organisation": ward.pk})
    user.memberships.filter(organisation=ward).update(valid_from="2020-04-01", valid_until="2020-05-01")
    assert "檜原村 檜原 hanako" in client.get("/accounts/").content.decode()


@pytest.mark.parametrize("days", [(-30, -1), (1, None)])
def test_without_a_role_today_the_account_is_kept_and_the_rest_is_explained(days):
    user = someone(role=None)
    give(user, Role.OFFICER, days=days)
    client = browser()
    answer = client.get("/needs/")
    assert answer.status_code == 403
    assert "いま有効な役割がありません" in answer.content.decode()
    assert client.get("/").status_code == 200
    text = client.get("/accounts/").content.decode()
    assert "いま有効な役割がありません" in text
    assert ("終了" if days[1] else "これから") in text
    for page in ("password/change/", "2fa/", "sessions/", "tokens/"):
        assert client.get(f"/accounts/{page}").status_code == 200, page
    assert client.get("/accounts/tokens/new/").headers["Location"] == "/accounts/tokens/"


def test_the_last_day_still_counts():
    user = someone(role=None)
    give(user, Role.OFFICER, days=(-30, 0))
    assert browser().get("/needs/").status_code == 200
