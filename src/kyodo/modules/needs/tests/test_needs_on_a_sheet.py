"""Needs go out on a sheet, come back filled in, are looked at, and are applied at once or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from kyodo.core import clock
from kyodo.core.audit.models import Entry
from kyodo.core.sheets.models import SheetIssue, SheetReturn
from kyodo.core.sheets.rules import State as ReturnState
from kyodo.modules.needs import actions
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, State
from kyodo.modules.needs.tests.returned_sheets import filled, hand_in, sent_out, told, with_new

pytestmark = pytest.mark.django_db

NEW = {"件名": "申請書の転記に毎日2時間かかる", "困り": "紙の申請書を三つの台帳に書き写しています。", "分野": "窓口"}


@pytest.fixture(autouse=True)
def store_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def confirm(person, returned, **chosen):
    answer = person.browser().post(f"/sheets/returns/{returned.pk}/", chosen, follow=True)
    assert answer.status_code == 200
    returned.refresh_from_db()
    return answer.content.decode()


def test_an_officer_completes_own_needs_and_sees_what_changes_before_it_does(region):
    need, other = region.need(), region.need(by=region.townsman)
    name, sheet = sent_out(region.villager)
    number = SheetIssue.objects.get().number
    assert number in name
    back = filled(
        sheet, {(need.pk, "人数"): "１，２００人", (need.pk, "費用"): "3千円", (need.pk, "時期"): "令和9年4月1日"}
    )
    (returned,) = hand_in(region.villager, ("相談 (2).xlsx", back))
    assert told(returned) == {}
    page = region.villager.browser().get(f"/sheets/returns/{returned.pk}/").content.decode()
    assert "1,200" in page
    assert "2027/04/01" in page
    assert Need.objects.get(pk=need.pk).people is None
    confirm(region.villager, returned)
    need = Need.objects.get(pk=need.pk)
    assert (need.people, need.yen_per_year, need.wish_on) == (1200, 3000, date(2027, 4, 1))
    assert need.revision == 2
    assert Entry.objects.filter(action="sheets.applied").count() == 1
    other.refresh_from_db()
    assert other.revision == 1


def test_a_coordinator_gets_the_needs_of_all_bodies_with_the_list_s_filter(region):
    need, town = region.need(audience=Audience.COORDINATORS), region.need(by=region.townsman)
    done = region.need(state=State.DONE)
    _name, sheet = sent_out(region.coordinator)
    assert set(SheetIssue.objects.get().rows) == {str(need.pk), str(town.pk)}
    sent_out(region.coordinator, "?body=檜原村")
    issue = SheetIssue.objects.first()
    assert set(issue.rows) == {str(need.pk)}
    assert issue.organisation == region.village
    (returned,) = hand_in(region.coordinator, ("a.xlsx", filled(sheet, {(town.pk, "分野"): "学校"})))
    confirm(region.coordinator, returned)
    town.refresh_from_db()
    assert town.topic == "schools"
    assert done.pk not in issue.rows


def test_new_needs_are_written_in_free_rows_under_the_form_s_rules(region):
    region.need(title="同じ件名の相談です")
    _name, sheet = sent_out(region.villager)
    bad = with_new(sheet, {**NEW, "件名": "短い"}, {**NEW, "件名": "同じ件名の相談です"}, {**NEW, "分野": None})
    (refused,) = hand_in(region.villager, ("a.xlsx", bad))
    assert set(told(refused)) == {"C7", "C8", "E9"}
    (returned,) = hand_in(
        region.villager, ("a.xlsx", with_new(sheet, {**NEW, "範囲": "全団体"}, {**NEW, "件名": "別の相談です"}))
    )
    assert told(returned) == {}
    assert Need.objects.count() == 1
    confirm(region.villager, returned)
    first, second = Need.objects.order_by("pk")[1:]
    assert (first.title, first.audience, first.organisation) == (NEW["件名"], Audience.ALL, region.village)
    assert second.audience == Audience.COORDINATORS


def test_nobody_else_adds_a_body_s_new_needs(region):
    _name, sheet = sent_out(region.villager)
    (returned,) = hand_in(region.villager, ("a.xlsx", with_new(sheet, NEW)))
    SheetIssue.objects.update(issuer=region.dx_body)
    assert "様式を受け取った団体だけ" in confirm(region.coordinator, returned)
    assert (Need.objects.count(), returned.state) == (0, ReturnState.RECEIVED)
    (theirs,) = hand_in(
        region.coordinator, ("b.xlsx", with_new(sheet, {**NEW, "困り": "別の言葉で書いた困りごとです。"}))
    )
    assert "行を足すことはできません" in " ".join(told(theirs).values())


def test_another_body_s_rows_are_refused_by_the_name_of_the_cell(region):
    region.need()
    theirs = region.need(by=region.townsman)
    _name, sheet = sent_out(region.villager)

    def smuggle(book):
        book.worksheets[0].cell(7, 1).value = theirs.pk
        book.worksheets[0].cell(7, 6).value = 5

    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, {}, smuggle)))
    assert "お送りした様式にない行" in told(returned)["A7"]
    _name, all_bodies = sent_out(region.coordinator)
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(all_bodies, {(theirs.pk, "人数"): 5})))
    assert "もう書き直せません" in told(returned)["A7"]
    theirs.refresh_from_db()
    assert theirs.people is None


def test_what_both_sides_changed_stands_side_by_side_and_one_is_chosen(region):
    one, two = region.need(), region.need()
    _name, sheet = sent_out(region.villager)
    Need.objects.update(people=10, revision=2)
    (returned,) = hand_in(
        region.villager, ("a.xlsx", filled(sheet, {(one.pk, "人数"): 70, (two.pk, "人数"): 80, (two.pk, "時間"): 9}))
    )
    page = region.villager.browser().get(f"/sheets/returns/{returned.pk}/").content.decode()
    assert f'name="{one.pk}.people"' in page
    confirm(region.villager, returned, conflicts="each", **{f"{two.pk}.people": "sheet", f"{one.pk}.people": "now"})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.people, one.revision) == (10, 2)
    assert (two.people, two.hours_per_year, two.revision) == (80, 9, 3)


@pytest.mark.parametrize(("every", "people"), [("sheet", 70), ("now", 10)])
def test_all_conflicts_are_decided_at_once(region, every, people):
    need = region.need()
    _name, sheet = sent_out(region.villager)
    Need.objects.update(people=10, revision=2)
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, {(need.pk, "人数"): 70})))
    confirm(region.villager, returned, conflicts=every)
    need.refresh_from_db()
    assert need.people == people


def test_what_changes_between_preview_and_confirmation_is_compared_again_and_nothing_is_written(region):
    need, other = region.need(), region.need()
    _name, sheet = sent_out(region.villager)
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, {(need.pk, "人数"): 70, (other.pk, "人数"): 71})))
    Need.objects.filter(pk=need.pk).update(people=10, revision=2)
    assert "比べ直しました" in confirm(region.villager, returned)
    assert set(Need.objects.values_list("people", flat=True)) == {10, None}
    assert returned.state == ReturnState.RECEIVED
    confirm(region.villager, returned, conflicts="sheet")
    assert set(Need.objects.values_list("people", flat=True)) == {70, 71}


def test_it_is_applied_once(region):
    need = region.need()
    _name, sheet = sent_out(region.villager)
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, {(need.pk, "人数"): 70})))
    confirm(region.villager, returned)
    assert "もう一度は反映していません" in confirm(region.villager, returned)
    need.refresh_from_db()
    assert need.revision == 2
    assert Entry.objects.filter(action="sheets.applied").count() == 1


def test_a_need_that_has_ended_is_named(region):
    need = region.need()
    _name, sheet = sent_out(region.villager)
    Need.objects.update(state=State.DONE)
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, {(need.pk, "人数"): 70})))
    assert "もう書き直せません" in told(returned)["A6"]


def test_an_untouched_sheet_changes_nothing_even_where_others_have(region):
    need = region.need()
    _name, sheet = sent_out(region.villager)
    Need.objects.update(people=10, revision=2)
    (returned,) = hand_in(region.villager, ("a.xlsx", sheet))
    assert (told(returned), returned.outcome["changes"], returned.outcome["unchanged"]) == ({}, [], 1)
    confirm(region.villager, returned)
    need.refresh_from_db()
    assert (need.people, need.revision) == (10, 2)


def test_a_locked_column_that_was_changed_is_named(region):
    need = region.need()
    _name, sheet = sent_out(region.villager)
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, {(need.pk, "件名"): "別の件名にしました"})))
    assert "変えられません" in told(returned)["C6"]


def test_sheets_and_returns_of_another_body_are_not_found(region):
    need = region.need()
    _name, sheet = sent_out(region.villager)
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, {(need.pk, "人数"): 70})))
    town = region.townsman.browser()
    assert town.get(f"/sheets/returns/{returned.pk}/").status_code == 404
    assert town.post(f"/sheets/returns/{returned.pk}/").status_code == 404
    assert town.get(f"/sheets/batches/{returned.batch}/").status_code == 404
    assert "KY-" not in town.get("/sheets/").content.decode()
    page = region.villager.browser().get(f"/sheets/returns/{returned.pk}/").content.decode()
    address = page.partition('href="/files/')[2].partition('"')[0]
    assert region.villager.browser().get(f"/files/{address}").status_code == 200
    assert town.get(f"/files/{address}").status_code == 404


def test_the_register_speaks_english_too(region):
    need = region.need()
    _name, sheet = sent_out(region.villager)
    hand_in(region.villager, ("a.xlsx", filled(sheet, {(need.pk, "人数"): 70})))
    browser = region.villager.browser()
    browser.cookies["kyodo_language"] = "en"
    assert "Waiting for confirmation" in browser.get("/sheets/").content.decode()
    assert SheetReturn.objects.get().state == ReturnState.RECEIVED


def test_what_was_merged_neither_goes_out_nor_comes_back(region):
    need, target = region.need(), region.need(by=region.townsman)
    _name, sheet = sent_out(region.villager)
    actions.merge_needs(target=target, sources=[need], reason="", by=region.coordinator.actor, at=clock.now())
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, {(need.pk, "人数"): "12"})))
    assert any("もう書き直せません" in text for text in told(returned).values())
    sent_out(region.villager)
    assert str(need.pk) not in SheetIssue.objects.order_by("-pk").first().rows
