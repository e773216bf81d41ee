"""The survey's sheet comes back: twice, for another case, with moved columns, from two people of one body."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.modules.needs.tests.returned_sheets import hand_in, saved, told
from kyodo.modules.procurement.actions import moving
from kyodo.modules.procurement.models import CurrentContract, SurveyLine, SurveyResponse
from kyodo.modules.procurement.queries.survey import lines_of
from kyodo.modules.procurement.rules.case import CaseState
from tests.cases import a_case, a_contract, response
from tests.region import Region

pytestmark = pytest.mark.django_db
HEAD = 5
Cells = dict[tuple[int | None, str], Any]


@pytest.fixture(autouse=True)
def store_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def sent_out(person, address: str) -> bytes:
    answer = person.browser().post(address)
    assert answer.status_code == 200
    return bytes(answer.content)


def column_of(page: Any, heading: str) -> int:
    return next(
        column for column in range(1, page.max_column + 1) if heading in str(page.cell(HEAD, column).value or "")
    )


def filled(content: bytes, cells: Cells, *, moved: bool = False) -> bytes:
    """The sheet with cells (number, heading) written; `moved`: a column put in front of the answers."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    rows: dict[Any, int] = {}
    for row in range(HEAD + 1, page.max_row + 1):
        rows.setdefault(page.cell(row, 1).value, row)
    for (number, heading), value in cells.items():
        page.cell(rows[number], column_of(page, heading)).value = value
    if moved:
        page.insert_cols(4)
        page.cell(HEAD, 4).value = "うちのメモ"
    return saved(book)


def confirm(person, returned, **chosen):
    person.browser().post(f"/sheets/returns/{returned.pk}/", chosen, follow=True)
    returned.refresh_from_db()


def lines(case, body) -> dict[str, int]:
    return {line.name: line.id for line in lines_of(response(case, body).pk)}


@pytest.fixture
def case(region: Region):
    return a_case(region, state=CaseState.SURVEY)


def test_it_comes_back_twice_and_the_second_time_changes_nothing(region: Region, case):
    line = lines(case, region.village)["グループウェア"]
    sheet = sent_out(region.villager, f"/procurement/{case.pk}/survey/sheet/")
    until = clock.today() + timedelta(days=300)
    back = filled(
        sheet,
        {
            (line, "関係"): "関係あり",
            (line, "数量"): "約１００",
            (line, "いまの契約"): "契約中",
            (line, "終わる日"): f"{until:%Y/%m/%d}",
        },
    )
    (first,) = hand_in(region.villager, ("a.xlsx", back))
    assert told(first) == {}
    confirm(region.villager, first)
    row = SurveyLine.objects.get(pk=line)
    assert (row.relevance, row.quantity, row.is_about, row.contract_until) == ("yes", 100, True, until)
    assert CurrentContract.objects.get().ends_on == until
    revision = row.revision
    for again in hand_in(region.villager, ("a (2).xlsx", back)):
        confirm(region.villager, again)
    row.refresh_from_db()
    assert row.revision == revision
    assert CurrentContract.objects.count() == 1


def test_moved_columns_are_found_by_their_heads(region: Region, case):
    line = lines(case, region.village)["グループウェア"]
    sheet = sent_out(region.villager, f"/procurement/{case.pk}/survey/sheet/")
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, {(line, "関係"): "関係なし"}, moved=True)))
    assert told(returned) == {}
    confirm(region.villager, returned)
    assert SurveyLine.objects.get(pk=line).relevance == "no"


def test_rows_of_another_case_or_body_are_refused_by_the_name_of_the_cell(region: Region, case):
    other = a_case(region, state=CaseState.SURVEY)
    theirs = lines(other, region.town)["グループウェア"]
    mine = lines(case, region.village)["グループウェア"]
    sheet = sent_out(region.villager, f"/procurement/{case.pk}/survey/sheet/")
    book = load_workbook(io.BytesIO(filled(sheet, {(mine, "関係"): "関係あり"})))
    page = book.worksheets[0]
    row = next(row for row in range(HEAD + 1, page.max_row + 1) if page.cell(row, 1).value == mine)
    page.cell(row, 1).value = theirs
    (returned,) = hand_in(region.villager, ("a.xlsx", saved(book)))
    assert f"A{row}" in told(returned)
    assert SurveyLine.objects.get(pk=theirs).relevance == ""


def test_when_the_case_is_further_on_the_sheet_is_refused(region: Region, case):
    line = lines(case, region.village)["グループウェア"]
    sheet = sent_out(region.villager, f"/procurement/{case.pk}/survey/sheet/")
    moving.move_case(case=case, to=CaseState.ALIGNMENT, reason="", by=region.coordinator.actor, at=clock.now())
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, {(line, "関係"): "関係なし"})))
    assert told(returned)
    assert SurveyLine.objects.get(pk=line).relevance == ""


def test_two_people_of_one_body_send_theirs_and_what_both_changed_is_chosen(region: Region, case):
    line = lines(case, region.village)["グループウェア"]
    address = f"/procurement/{case.pk}/survey/sheet/"
    one, two = region.villager, region.of_role(Role.APPROVER)
    mine, theirs = sent_out(one, address), sent_out(two, address)
    (first,) = hand_in(one, ("a.xlsx", filled(mine, {(line, "関係"): "関係あり"})))
    confirm(one, first)
    (second,) = hand_in(two, ("b.xlsx", filled(theirs, {(line, "関係"): "関係なし"})))
    page = two.browser().get(f"/sheets/returns/{second.pk}/").content.decode()
    assert f'name="{line}.relevance"' in page
    confirm(two, second, conflicts="now")
    assert SurveyLine.objects.get(pk=line).relevance == "yes"


def test_a_full_sheet_meets_what_is_due_of_the_body(region: Region, case):
    ids = lines(case, region.village)
    sheet = sent_out(region.villager, f"/procurement/{case.pk}/survey/sheet/")
    (returned,) = hand_in(
        region.villager, ("a.xlsx", filled(sheet, {(line, "関係"): "関係なし" for line in ids.values()}))
    )
    confirm(region.villager, returned)
    assert SurveyResponse.objects.get(survey_id=case.pk, organisation=region.village).stage == 3


def test_contracts_go_out_are_mended_and_new_ones_come_in(region: Region):
    row = a_contract(region, region.village, item="グループウェア")
    sheet = sent_out(region.villager, "/procurement/contracts/sheet/")
    until = clock.today() + timedelta(days=500)
    new: Cells = {
        (None, "種類"): "電力",
        (None, "品目"): "街路灯",
        (None, "終わる日"): f"{until:%Y/%m/%d}",
    }
    (returned,) = hand_in(
        region.villager,
        ("a.xlsx", filled(sheet, {(row.pk, "事業者"): "株式会社乙", (row.pk, "1年の金額"): "90万円", **new})),
    )
    assert told(returned) == {}
    confirm(region.villager, returned)
    row.refresh_from_db()
    assert (row.supplier, row.source, row.revision) == ("株式会社乙", "sheet", 2)
    made = CurrentContract.objects.get(item="街路灯")
    assert (made.organisation, made.kind, made.ends_on, made.source) == (region.village, "electricity", until, "sheet")


def test_a_new_contract_of_a_body_that_is_not_mine_or_beside_one_that_runs_is_refused(region: Region):
    a_contract(region, region.village, item="グループウェア")
    sheet = sent_out(region.villager, "/procurement/contracts/sheet/")
    until = f"{clock.today() + timedelta(days=100):%Y/%m/%d}"
    again: Cells = {
        (None, "種類"): "ライセンス",
        (None, "品目"): "グループウェア",
        (None, "終わる日"): until,
    }
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, again)))
    assert "重なる契約" in " ".join(told(returned).values())
    (returned,) = hand_in(
        region.villager, ("b.xlsx", filled(sheet, {**again, (None, "品目"): "街路灯", (None, "団体コード"): "133051"}))
    )
    assert "団体コード" in " ".join(told(returned).values())


def test_coordinators_get_a_sheet_of_its_own_for_each_body_that_has_not_answered(region: Region, case):
    address, browser = f"/procurement/{case.pk}/survey/sheet/", region.coordinator.browser()
    answer = browser.post(address, {"body": "each"})
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert {name.split("_")[0] for name in names} == {region.village.name, region.town.name}
        sheet = archive.read(next(name for name in names if name.startswith(region.village.name)))
    answered = {(line, "①関係"): "関係なし" for line in lines(case, region.village).values()}
    (returned,) = hand_in(region.villager, ("a.xlsx", filled(sheet, answered)))
    assert told(returned) == {}
    confirm(region.villager, returned)
    with zipfile.ZipFile(io.BytesIO(browser.post(address, {"body": "owing"}).content)) as archive:
        assert [name.split("_")[0] for name in archive.namelist()] == [region.town.name]


def test_who_does_not_run_cases_gets_their_own_sheet_whatever_they_ask_for(region: Region, case):
    answer = region.villager.browser().post(f"/procurement/{case.pk}/survey/sheet/", {"body": "each"})
    page = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    bodies = {page.cell(row, column_of(page, "団体")).value for row in range(HEAD + 1, page.max_row + 1)}
    assert bodies - {None} == {region.village.name}


def test_where_all_have_answered_there_is_no_empty_archive(region: Region, case):
    SurveyResponse.objects.filter(survey_id=case.pk).update(stage=3)
    answer = region.coordinator.browser().post(f"/procurement/{case.pk}/survey/sheet/", {"body": "owing"}, follow=True)
    assert "様式に入れる行がありません。" in answer.content.decode()
