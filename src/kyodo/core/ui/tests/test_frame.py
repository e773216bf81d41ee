"""What stands around a page: for a visitor, for somebody signed in, and when something broke."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.utils import translation

from kyodo.core.access.doors import requires
from kyodo.core.access.permissions import Permission
from kyodo.core.ui import frame, language, menu, views
from kyodo.core.ui.tests.pages import request_for

pytestmark = pytest.mark.django_db  # the gate asks which entrance a host name is


def _to_staff(request: Any) -> bool:
    return bool(request.actor.is_signed_in)


def _page(request):
    return HttpResponse()


def _breaks(request):
    raise RuntimeError("the database is gone")


urlpatterns = [
    path("", include("kyodo.core.ui.urls")),
    path("needs/", _page, name="t-needs"),
    path("needs/board/", _page, name="t-board"),
    path("notices/", _page, name="t-notices"),
    path("breaks/", requires(Permission.LOOK)(_breaks), name="t-breaks"),
]
handler404 = "kyodo.core.ui.views.page_not_found"
handler500 = "kyodo.core.ui.views.server_error"


@pytest.fixture(autouse=True)
def menus(monkeypatch):
    monkeypatch.setattr(menu, "_main", {})
    monkeypatch.setattr(menu, "_account", {})
    with override_settings(ROOT_URLCONF=__name__), translation.override("ja"):
        yield


def test_the_menu_shows_what_was_registered_in_its_order_and_where_the_reader_is():
    menu.register(menu.MenuEntry(label="掲示板", url_name="t-board", order=2))
    menu.register(menu.MenuEntry(label="相談", url_name="t-needs", order=1))
    shown = frame.build(request_for("/needs/board/12/")).main
    assert [(item.label, item.current) for item in shown] == [("相談", ""), ("掲示板", "true")]
    assert [item.current for item in frame.build(request_for("/needs/")).main] == ["page", ""]


def test_an_entry_without_an_address_or_not_for_this_reader_is_left_out():
    menu.register(menu.MenuEntry(label="ない", url_name="t-none", order=1))
    menu.register(menu.MenuEntry(label="職員だけ", url_name="t-needs", order=2, shown_to=_to_staff))
    assert frame.build(request_for()).main == ()
    assert len(frame.build(request_for(label="檜原村")).main) == 1


def test_who_is_signed_in_sees_their_name_and_what_waits():
    menu.register_account(menu.MenuEntry(label="通知", url_name="t-notices", order=1, count=lambda _request: 3))
    html = render_to_string("ui/page.html", request=request_for(label="檜原村 総務課 情報担当"))
    assert '<span class="who-name" lang="ja">檜原村 総務課 情報担当</span>' in html
    assert re.search(r'href="/notices/">通知<span class="count" aria-hidden="true">3</span>', html)


def test_a_visitor_has_no_account_links():
    menu.register_account(menu.MenuEntry(label="通知", url_name="t-notices", order=1, count=lambda _request: 3))
    assert "通知" not in render_to_string("ui/page.html", request=request_for())


def test_a_request_that_nobody_gave_an_actor_is_a_visitors():
    assert not frame.build(RequestFactory().get("/")).is_signed_in


def test_only_a_demonstration_has_a_ribbon():
    assert 'class="demo"' not in render_to_string("ui/page.html", request=request_for())
    with override_settings(DEMO=True):
        assert 'href="/demo/"' in render_to_string("ui/page.html", request=request_for())


def test_a_page_without_facts_stays_one_column():
    assert 'class="columns"' not in render_to_string("ui/page.html", request=request_for())


def test_no_page_carries_a_style_or_a_script_of_its_own():
    with override_settings(DEMO=True):
        html = Client().get("/style/").content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?! src=)", html)


def test_the_style_page_is_for_demonstrations_only():
    assert Client().get("/style/").status_code == 404


def test_the_reader_is_told_what_happened_what_was_kept_and_what_to_do():
    answer = Client().get("/nowhere/")
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "ページが見つかりません" in text
    assert "何も変わっていません。" in text
    assert "アドレスを確かめるか" in text


def test_a_broken_page_answers_without_asking_the_database():
    """pytest-django refuses every query of a test without its database mark."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.cookies[settings.SESSION_COOKIE_NAME] = ""
    answer = client.get("/breaks/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
    assert answer["Content-Language"] == "en"


def test_a_form_from_elsewhere_is_refused_in_words():
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "安全のため、送信を受け付けませんでした" in answer.content.decode()


@pytest.mark.parametrize("view", [views.bad_request, views.permission_denied])
def test_other_refusals_stand_in_the_frame_too(view):
    assert b'class="mark"' in view(request_for(), Exception()).content


class TestLanguage:
    def test_a_page_is_japanese_whatever_the_browser_asks_for(self):
        answer = Client().get("/nowhere/", headers={"accept-language": "en"})
        assert answer["Content-Language"] == "ja"

    def test_a_choice_is_kept_in_the_browser(self):
        client = Client()
        answer = client.post("/language/", {"language": "en", "next": "/needs/?q=1"})
        assert answer["Location"] == "/needs/?q=1"
        assert client.get("/nowhere/")["Content-Language"] == "en"

    @pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
    def test_the_switch_leads_nowhere_else(self, elsewhere):
        assert Client().post("/language/", {"language": "en", "next": elsewhere})["Location"] == "/"

    def test_an_unknown_language_is_japanese(self):
        client = Client()
        client.post("/language/", {"language": "fr"})
        assert client.get("/nowhere/")["Content-Language"] == "ja"

    def test_the_persons_own_choice_comes_before_the_browsers(self):
        request: Any = RequestFactory().get("/")
        request.COOKIES = {settings.SESSION_COOKIE_NAME: "x", settings.LANGUAGE_COOKIE_NAME: "ja"}
        request.user = SimpleNamespace(language="en")
        assert language.of(request) == "en"

    def test_a_choice_is_told_to_whoever_keeps_it(self, monkeypatch):
        kept = []
        monkeypatch.setattr(language, "_rememberers", [])
        language.remember_with(lambda _request, code: kept.append(code))
        Client().post("/language/", {"language": "en"})
        assert kept == ["en"]
