"""A village telephones; the coordinator enters its need for it; the village confirms, corrects, or says it is wrong."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kyodo.core import clock, workflow
from kyodo.core.access.roles import Role
from kyodo.core.audit.models import Entry, EntryValues
from kyodo.core.deadlines.models import Deadline
from kyodo.core.desk import items as desk
from kyodo.core.notifications.models import Notice
from kyodo.core.proxy import actions as proxy
from kyodo.core.proxy.acting import acting_for, bodies
from kyodo.core.proxy.actions import ProxyRefused
from kyodo.core.proxy.models import ProxyEntry
from kyodo.core.proxy.permissions import Permission as ProxyPermission
from kyodo.core.proxy.rules import State
from kyodo.modules.needs import actions
from kyodo.modules.needs.models import Need, NeedBacking, NeedRating
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import Audience, BackingDraft
from kyodo.modules.needs.rules import State as NeedState
from tests.by_proxy import for_body, said, told_by_telephone
from tests.program import Program
from tests.region import Region, draft_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


HEARD = {
    "said_source": "telephone",
    "said_on": "",
    "said_duty": "総務課 情報担当",
    "said_name": "檜原 花子",
    "said_note": "電話で聞いた。",
}


def heard() -> dict[str, str]:
    return {**HEARD, "said_on": clock.today().isoformat()}


def form_of_a_need(browser, region: Region) -> dict[str, str]:
    page = browser.get(f"/needs/proxy/{region.village.pk}/new/")
    return {
        **heard(),
        "title": "窓口の待ち時間が長い",
        "trouble": "月曜の朝は40分待ちになります。",
        "topic": "counters",
        "standing": "officer",
        "audience": "all",
        "price_readers": "coordinators",
        "submission": str(page.context["form"].initial["submission"]),
    }


def test_what_was_told_by_telephone_becomes_the_need_of_the_village(region: Region):
    browser = region.coordinator.browser()
    assert browser.get("/needs/proxy/").status_code == 200
    chosen = browser.get("/needs/proxy/", {"organisation": region.village.pk})
    assert chosen.headers["Location"] == f"/needs/proxy/{region.village.pk}/new/"
    told = form_of_a_need(browser, region)
    copy = SimpleUploadedFile("fax.txt", b"FAX")
    answer = browser.post(chosen.headers["Location"], {**told, "said_files": copy})
    need = Need.objects.get()
    assert answer.headers["Location"] == f"/needs/{need.pk}/"
    assert (need.organisation, need.section) == (region.village, "総務課 情報担当")
    page = browser.get(f"/needs/{need.pk}/").content.decode()
    assert "代行（団体の確認待ち）" in page
    entry = ProxyEntry.objects.get()
    assert "fax.txt" in region.villager.browser().get(f"/proxy/{entry.pk}/").content.decode()


def test_without_a_note_or_a_copy_or_a_name_everything_missing_is_said_at_once(region: Region):
    browser = region.coordinator.browser()
    told = {**form_of_a_need(browser, region), "said_note": "", "said_name": "", "title": ""}
    answer = browser.post(f"/needs/proxy/{region.village.pk}/new/", told)
    assert answer.status_code == 422
    assert {"said_note", "said_name", "title"} <= answer.context["form"].errors.keys()
    assert not Need.objects.exists()


def test_both_names_stand_in_the_record_and_who_sits_where_in_the_chain(region: Region):
    told_by_telephone(region)
    entry = Entry.objects.get(action="needs.posted")
    actor = json.loads(entry.text)["actor"]
    assert actor["organisation"] == region.dx_body.pk
    assert actor["on_behalf_of"] == region.village.pk
    assert actor["user"] == region.coordinator.user.pk
    assert "檜原村（代行：DX推進団体 調整担当）" in EntryValues.objects.get(entry=entry).values


def test_the_village_hears_of_it_finds_it_on_its_desk_and_confirms_with_one_click(region: Region):
    officer, approver = region.villager, region.of_role(Role.APPROVER)
    told_by_telephone(region)
    entry = ProxyEntry.objects.get()
    assert set(Notice.objects.values_list("user_id", flat=True)) == {officer.user.pk, approver.user.pk}
    assert [item.what for item in desk.of(officer.actor).items if "proxy" in item.url] == ["代行入力を確かめる"]
    browser = officer.browser()
    assert "このとおりで間違いない" in browser.get(f"/proxy/{entry.pk}/").content.decode()
    browser.post(f"/proxy/{entry.pk}/confirm/")
    entry.refresh_from_db()
    assert (entry.state, entry.answered_by) == (State.CONFIRMED, officer.actor.label)
    assert not Deadline.objects.filter(kind="proxy.entry", met_at=None).exists()
    assert "代行（団体が確認）" in region.townsman.browser().get("/needs/").content.decode()
    assert browser.post(f"/proxy/{entry.pk}/confirm/").status_code == 404


def test_the_village_rewrites_it_and_the_coordinator_hears_of_that(region: Region):
    need = Need.objects.get(pk=told_by_telephone(region))
    actions.edit_need(
        need=need, draft=draft_of(title=need.title, people=3), revision=1, by=region.villager.actor, at=clock.now()
    )
    assert ProxyEntry.objects.get().state == State.CORRECTED
    assert Notice.objects.filter(user=region.coordinator.user, kind="proxy.entry").exists()


def test_the_village_says_what_is_wrong_and_the_coordinator_puts_it_right_by_proxy(region: Region):
    number = told_by_telephone(region)
    entry = ProxyEntry.objects.get()
    browser = region.villager.browser()
    assert browser.post(f"/proxy/{entry.pk}/dispute/", {"remark": ""}).status_code == 422
    browser.post(f"/proxy/{entry.pk}/dispute/", {"remark": "月3回ではなく年3回です。"})
    assert [item.url for item in desk.of(region.coordinator.actor).items if "違う" in item.what] == [
        f"/proxy/{entry.pk}/"
    ]
    assert "団体は「違う」と回答" in region.coordinator.browser().get(f"/needs/{number}/").content.decode()
    page = region.coordinator.browser().get(f"/needs/{number}/proxy/edit/")
    told = {name: value for name, value in page.context["form"].initial.items() if value not in (None, "")}
    answer = region.coordinator.browser().post(
        f"/needs/{number}/proxy/edit/", {**told, **heard(), "trouble": "苦情が年に3回あります。"}
    )
    assert answer.headers["Location"] == f"/needs/{number}/"
    assert list(ProxyEntry.objects.order_by("id").values_list("state", flat=True)) == [State.CORRECTED, State.WAITING]
    assert "代行（団体の確認待ち）" in region.coordinator.browser().get(f"/needs/{number}/").content.decode()


def test_a_body_without_an_account_answers_on_the_sheet_that_came_by_fax(region: Region):
    told_by_telephone(region)
    entry = ProxyEntry.objects.get()
    browser = region.coordinator.browser()
    sheet = browser.get(f"/proxy/{entry.pk}/sheet/").content.decode()
    assert f"代行-{entry.pk:05}" in sheet
    assert "月曜の朝は40分待ち" in sheet
    answer = browser.post(
        f"/proxy/{entry.pk}/answer/",
        {"to": "confirmed", "who": "総務課 檜原", "uploads": SimpleUploadedFile("確認書.txt", b"x")},
    )
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.state == State.CONFIRMED
    assert entry.answered_by == "檜原村 総務課 檜原（記録：DX推進団体 調整担当）"


def test_a_backing_and_a_rating_are_entered_for_a_body_too_and_are_marked(region: Region):
    need = region.need(by=region.townsman)
    browser = region.coordinator.browser()
    where = browser.get("/needs/proxy/", {"need": need.pk, "what": "back", "organisation": region.village.pk})
    answer = browser.post(where.headers["Location"], {**heard(), "volume": "年300件"})
    assert answer.status_code == 302
    assert NeedBacking.objects.get().organisation == region.village
    page = region.townsman.browser().get(f"/needs/{need.pk}/").content.decode()
    assert "代行（団体の確認待ち）" in page
    again = browser.post(where.headers["Location"], {**heard(), "volume": "年300件"})
    assert again.status_code == 302
    assert ProxyEntry.objects.count() == 1
    solved = region.need(state=NeedState.DONE)
    browser.post(f"/needs/{solved.pk}/proxy/{region.village.pk}/rate/", {**heard(), "score": "4", "comment": ""})
    assert NeedRating.objects.get().score == 4
    assert "代行（団体の確認待ち）" in browser.get(f"/needs/{solved.pk}/").content.decode()


def test_the_village_takes_the_backing_back_that_was_entered_for_it(region: Region):
    need = region.need(by=region.townsman)
    actions.back_by_proxy(
        need=need,
        draft=BackingDraft("年300件"),
        source=said(),
        files=(),
        by=for_body(region, region.village),
        at=clock.now(),
    )
    assert region.villager.browser().post(f"/needs/{need.pk}/withdraw/").status_code == 302
    assert ProxyEntry.objects.get().state == State.CORRECTED


def test_nothing_is_written_where_the_source_is_refused_or_the_need_is(region: Region):
    with pytest.raises(ProxyRefused):
        actions.post_by_proxy(
            draft=draft_of(),
            submission=uuid4(),
            source=said(note=""),
            files=(),
            by=for_body(region, region.village),
            at=clock.now(),
        )
    with pytest.raises(actions.NeedRefused):
        told_by_telephone(region, title="短")
    assert not ProxyEntry.objects.exists()
    assert not Entry.objects.exists()


def test_who_enters_for_a_body_reaches_what_its_officers_do_and_nothing_of_the_own_office(region: Region):
    actor = for_body(region, region.village)
    assert actor.may(Permission.POST)
    assert not actor.may(Permission.MOVE)
    assert not actor.may(ProxyPermission.ANSWER)
    hidden = region.need(by=region.townsman, audience=Audience.COORDINATORS)
    answer = region.coordinator.browser().get(f"/needs/{hidden.pk}/proxy/{region.village.pk}/back/")
    assert answer.status_code == 404


def test_only_coordinators_enter_and_not_for_the_own_office_or_a_company(region: Region):
    assert acting_for(region.villager.actor, region.town.pk) is None
    assert acting_for(region.coordinator.actor, region.dx_body.pk) is None
    names = {name for _id, name in bodies(region.coordinator.actor)}
    assert names == {"日の出町", "世田谷区", "檜原村", "監査事務局"}


def test_the_second_of_two_answers_is_told_that_there_is_one(region: Region):
    told_by_telephone(region)
    first, second = ProxyEntry.objects.get(), ProxyEntry.objects.get()
    proxy.confirm(entry=first, by=region.villager.actor, at=clock.now())
    with pytest.raises(workflow.Overtaken):
        proxy.dispute(entry=second, remark="違います。", by=region.of_role(Role.APPROVER).actor, at=clock.now())


def test_the_list_is_the_coordinators_for_all_bodies_and_a_bodys_for_its_own(region: Region):
    told_by_telephone(region)
    assert "檜原村" in region.coordinator.browser().get("/proxy/?state=open").content.decode()
    assert "聞いた困りごと" not in region.townsman.browser().get("/proxy/").content.decode()
    assert "聞いた困りごと" in region.villager.browser().get("/proxy/").content.decode()
    assert region.coordinator.browser().get("/proxy/?format=xlsx").status_code == 200


def test_the_api_says_that_a_need_was_entered_by_proxy(region: Region):
    number = told_by_telephone(region)
    own = region.need()
    listed = Program(region.villager, may_write=False).get("/needs")["items"]
    assert {row["id"]: row["by_proxy"] for row in listed} == {number: "waiting", own.pk: None}


def test_whoever_entered_it_hears_on_the_form_that_a_proof_is_missing_and_all_else_at_once(region: Region):
    told_by_telephone(region)
    entry = ProxyEntry.objects.get()
    address, browser = f"/proxy/{entry.pk}/answer/", region.coordinator.browser()
    answer = browser.post(address, {"to": "confirmed", "who": "総務課\u0000", "remark": "x" * 2001})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"who", "remark", "uploads"}
    assert ProxyEntry.objects.get().state == State.WAITING


def test_a_second_answer_is_told_that_there_is_one(region: Region, monkeypatch):
    told_by_telephone(region)
    entry = ProxyEntry.objects.get()
    browser = region.villager.browser()

    def meanwhile(*_told, **_named):
        raise workflow.Overtaken(current=State.CONFIRMED)

    monkeypatch.setattr(proxy, "dispute", meanwhile)
    page = browser.post(f"/proxy/{entry.pk}/dispute/", {"remark": "人口が違います。"})
    assert page.status_code == 422
    assert "すでに返事が記録されています" in page.content.decode()
