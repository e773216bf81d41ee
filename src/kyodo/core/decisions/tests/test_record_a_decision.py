"""A decision that was made elsewhere is recorded with its number and day, corrected with its history, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.decisions import actions, queries
from kyodo.core.decisions.models import Decision
from kyodo.core.decisions.rules import Standing
from tests import decided
from tests.region import Region

pytestmark = pytest.mark.django_db
FORM = {
    "decided_on": "2026-04-01",
    "number": "8総情第123号",
    "division": "delegated",
    "decider_duty": "総務課長",
    "decider_name": "檜原太郎",
}


def test_a_recorded_decision_stands_on_the_page_of_the_need_for_those_who_may_see_it(region: Region):
    need = region.need().pk
    scan = ContentFile("決裁".encode(), name="決裁文書.txt")
    answer = region.villager.browser().post(f"/decisions/needs.need/{need}/record/", {**FORM, "uploads": scan})
    assert answer.status_code == 302
    assert "8総情第123号" in region.villager.browser().get(f"/needs/{need}/").content.decode()
    assert "8総情第123号" in region.coordinator.browser().get(f"/needs/{need}/").content.decode()
    assert "8総情第123号" not in region.townsman.browser().get(f"/needs/{need}/").content.decode()
    (row,) = queries.records_about(decided.matter(need, region.villager))
    assert region.villager.browser().get(row.files[0].url).status_code == 200
    assert region.townsman.browser().get(row.files[0].url).status_code == 404
    found = queries.approval_of("needs.need", need)
    assert (found.state, found.number) == (Standing.RECORDED, "8総情第123号")


def test_all_that_is_wrong_is_told_at_once(region: Region):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    form = {**FORM, "decided_on": tomorrow, "decider_name": "檜原\u202e太郎"}
    answer = region.villager.browser().post(f"/decisions/needs.need/{region.need().pk}/record/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "今日までの日" in page
    assert "制御文字" in page


def test_the_same_number_in_a_fiscal_year_is_asked_about_and_may_be_meant(region: Region):
    decided.recorded(region, region.need().pk, number=FORM["number"])
    browser, address = region.villager.browser(), f"/decisions/needs.need/{region.need().pk}/record/"
    answer = browser.post(address, FORM)
    assert answer.status_code == 422
    assert "同じ文書番号" in answer.content.decode()
    assert browser.post(address, {**FORM, "same_number": "on"}).status_code == 302
    assert (
        browser.post(
            f"/decisions/needs.need/{region.need().pk}/record/", {**FORM, "decided_on": "2026-03-31"}
        ).status_code
        == 302
    )


def test_a_correction_keeps_what_was_said_and_of_two_the_second_is_told(region: Region):
    need = region.need().pk
    decided.recorded(region, need, number="8総第7号")
    browser, address = region.villager.browser(), f"/decisions/needs.need/{need}/record/"
    assert browser.post(address, {**FORM, "revision": 1}).status_code == 302
    assert browser.post(address, {**FORM, "number": "別の番号", "revision": 1}).status_code == 422
    page = browser.get(f"/decisions/needs.need/{need}/").content.decode()
    assert "8総第7号" in page
    assert "8総情第123号" in page


def test_a_record_is_taken_back_with_a_reason_and_another_may_follow(region: Region):
    need = region.need().pk
    decided.recorded(region, need)
    browser, address = region.villager.browser(), f"/decisions/needs.need/{need}/"
    assert browser.post(f"{address}record/withdraw/", {"reason": ""}).status_code == 422
    assert browser.post(f"{address}record/withdraw/", {"reason": "件名を間違えました。"}).status_code == 302
    assert not queries.is_decided("needs.need", need)
    assert "件名を間違えました。" in browser.get(address).content.decode()
    assert browser.post(f"{address}record/", FORM).status_code == 302


def test_where_a_body_approves_by_steps_these_come_before_the_record(region: Region):
    need = region.need().pk
    decided.with_levels(region, (decided.head(region), None))
    with pytest.raises(actions.DecisionRefused):
        decided.recorded(region, need)
    assert not Decision.objects.exists()


def test_another_body_cannot_tell_that_there_is_a_decision(region: Region):
    need = region.need().pk
    decided.recorded(region, need)
    assert region.townsman.browser().get(f"/decisions/needs.need/{need}/").status_code == 404
    assert "8総" not in region.townsman.browser().get("/decisions/").content.decode()


def test_my_body_finds_its_decisions_in_a_list_that_goes_to_excel_too(region: Region):
    decided.recorded(region, region.need().pk, number="8総第55号")
    browser = region.person(region.village, Role.OFFICER).browser()
    assert "8総第55号" in browser.get("/decisions/?year=2026&act=request&state=valid").content.decode()
    assert "8総第55号" not in browser.get("/decisions/?state=withdrawn").content.decode()
    assert "8総第55号" in b"".join(browser.get("/decisions/?format=csv")).decode("utf-8-sig")
    assert "まだ決裁の記録はありません" in region.townsman.browser().get("/decisions/").content.decode()
