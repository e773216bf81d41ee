"""An officer posts a need in two minutes, and nothing that is typed is lost or kept twice."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from kyodo.core import clock
from kyodo.core.audit.models import Entry
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, State
from tests.region import Region

pytestmark = pytest.mark.django_db


def form(**changes):
    return {
        "title": "体育館の予約が電話と紙台帳で回らない",
        "trouble": "二重予約が月に3回あります。\r\n電話は年900件です。",
        "topic": "facilities",
        "standing": "officer",
        "audience": "all",
        "submission": str(uuid.uuid4()),
        **changes,
    }


def test_the_form_starts_with_the_careful_choices(region: Region):
    page = region.villager.browser().get("/needs/new/").content.decode()
    checked = re.findall(r'<input[^>]*value="(\w+)"[^>]*\bchecked\b', page)
    assert checked == ["coordinators", "officer", "coordinators"]


def test_the_need_stands_on_its_page_with_body_section_and_author(region: Region):
    answer = region.villager.browser().post("/needs/new/", form(), follow=True)
    need = Need.objects.get()
    assert answer.redirect_chain == [(f"/needs/{need.pk}/", 302)]
    assert (need.organisation, need.section, need.state) == (region.village, "総務課 情報担当", State.RECEIVED)
    assert need.trouble == "二重予約が月に3回あります。\n電話は年900件です。"
    page = answer.content.decode()
    assert "檜原村 総務課 情報担当" in page
    assert "相談を受け付けました" in page


def test_posting_leaves_one_entry_with_author_and_what_was_written(region: Region):
    before = Entry.objects.count()
    region.villager.browser().post("/needs/new/", form())
    entry = Entry.objects.get(sequence=before + 1)
    assert entry.action == "needs.posted"
    assert entry.actor_id == region.villager.user.pk
    assert entry.organisation_id == region.village.pk
    assert "体育館" in entry.values_row.values


def test_all_faults_are_told_at_once_and_what_was_typed_stays(region: Region):
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    bad = form(title="短い", trouble="", topic="", people="-5", yen_per_year="たくさん", wish_on=yesterday)
    answer = region.villager.browser().post("/needs/new/", bad)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Need.objects.exists()
    for field in ("title", "trouble", "topic", "people", "yen_per_year", "wish_on"):
        assert f'href="#id_{field}"' in page
    assert "たくさん" in page


@pytest.mark.parametrize("bad", ["件名に\x00が入る相談です", "件名に\x1bが入る相談です"])
def test_control_characters_are_refused_not_crashed_on(region: Region, bad):
    answer = region.villager.browser().post("/needs/new/", form(title=bad))
    assert answer.status_code == 422
    assert not Need.objects.exists()


def test_rare_kanji_and_emoji_come_back_as_they_were_typed(region: Region):
    title = "𠮷田町と髙山村の窓口が混む😀"
    region.villager.browser().post("/needs/new/", form(title=title))
    assert Need.objects.get().title == title
    assert title in region.villager.browser().get("/needs/").content.decode()


def test_the_same_form_sent_twice_makes_one_need_and_leads_to_it(region: Region):
    browser, sent = region.villager.browser(), form()
    browser.post("/needs/new/", sent)
    again = browser.post("/needs/new/", sent, follow=True)
    assert Need.objects.count() == 1
    assert "二重には登録していません" in again.content.decode()


def test_the_same_title_while_the_first_is_open_is_refused_with_the_reason(region: Region):
    browser = region.villager.browser()
    browser.post("/needs/new/", form())
    assert browser.post("/needs/new/", form()).status_code == 422
    assert region.townsman.browser().post("/needs/new/", form()).status_code == 302, "another body may"


def test_an_expired_form_is_refused_in_words(region: Region):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = region.villager.browser().cookies
    answer = browser.post("/needs/new/", form())
    assert answer.status_code == 403
    assert not Need.objects.exists()
    assert "<h1" in answer.content.decode()


def test_what_is_written_as_html_is_shown_as_text(region: Region):
    need = region.need(title="<script>alert(1)</script>の相談", audience=Audience.ALL)
    for address in ("/needs/", f"/needs/{need.pk}/"):
        page = region.villager.browser().get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
