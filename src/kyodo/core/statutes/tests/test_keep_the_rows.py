"""People write rows: seen before they are written, never against the law, never lost, each in the record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kyodo.core.audit.models import Entry
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.core.search.documents import refresh
from kyodo.core.sheets import intake
from kyodo.core.statutes import actions, queries, shipped
from kyodo.core.statutes.edition import lines
from kyodo.core.statutes.models import Statute
from kyodo.core.statutes.rules import Level, RowDraft, Sure
from tests import sheet_back
from tests.ordinances import added, coordinating, own_row
from tests.program import Program
from tests.region import Region
from tests.soon import soon

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)
FORM = {
    "what": "council_vote_property/",
    "value": "10000000",
    "valid_from": "2020-04-01",
    "law": "議決に付すべき契約等に関する条例",
    "article": "第3条",
    "enacted_on": "1964-03-30",
    "sure": "X",
}


def faults(refusal: pytest.ExceptionInfo[actions.RowRefused]) -> set[str]:
    return {fault.field for fault in refusal.value.faults}


def decided(region: Region, rule: str = "council_vote_property", kind: str = "", on: date = TODAY) -> Decimal | None:
    return queries.rule_for(rule=rule, kind=kind, body=region.village.pk, on=on).value


def test_the_rows_of_the_law_are_there_from_the_beginning(region: Region):
    assert Statute.objects.count() == len(list(lines()))
    assert decided(region) == 7_000_000
    assert queries.rule_for(rule="council_vote_property", body=region.ward.pk, on=TODAY).value == 20_000_000


def test_the_approver_sees_what_a_row_changes_before_it_is_written(region: Region):
    from kyodo.core.access.roles import Role

    browser = region.of_role(Role.APPROVER).browser()
    address = f"/statutes/bodies/{region.village.pk}/new/"
    shown = browser.post(address, FORM)
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "700万円" in page
    assert "1,000万円" in page
    assert decided(region) == 7_000_000
    told = {**FORM, "previewed": shown.context["form"].print_of()}
    other = browser.post(address, {**told, "value": "20000000"})
    assert other.status_code == 200, "what was changed after it was shown is shown again"
    assert browser.post(address, told).status_code == 302
    assert decided(region) == 10_000_000
    assert "1,000万円" in browser.get(f"/statutes/bodies/{region.village.pk}/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": "6999999"}, "value"),
        ({"law": ""}, "law"),
        ({"enacted_on": ""}, "enacted_on"),
        ({"valid_from": ""}, "valid_from"),
        ({"value": ""}, "value"),
        ({"valid_until": "2019-03-31"}, "valid_until"),
        ({"what": "wto_threshold/goods"}, "what"),
        ({"what": "core_city/", "value": ""}, "what"),
        ({"valid_from": "0001-01-01"}, "valid_from"),
    ],
)
def test_a_row_that_cannot_be_is_refused_at_its_field(region: Region, changes: dict[str, str], field: str):
    answer = region.coordinator.browser().post(f"/statutes/bodies/{region.village.pk}/new/", {**FORM, **changes})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_an_ordinance_never_goes_below_the_laws_floor_nor_above_its_ceiling(region: Region):
    with pytest.raises(actions.RowRefused) as low:
        added(region, own_row(value=6_999_999))
    with pytest.raises(actions.RowRefused) as high:
        added(region, own_row("small_contract_ceiling", "purchase", value=1_500_001))
    assert faults(low) == faults(high) == {"value"}
    added(region, own_row(value=7_000_000))
    added(region, own_row("small_contract_ceiling", "purchase", value=1_500_000, valid_from=date(2025, 9, 1)))
    # What the law let it set until March 2025 was less.
    with pytest.raises(actions.RowRefused):
        added(region, own_row("small_contract_ceiling", "purchase", value=1_500_000, valid_from=date(2025, 3, 31)))


def test_two_rows_of_one_rule_never_hold_on_one_day(region: Region):
    added(region, own_row(valid_until=date(2026, 3, 31)))
    with pytest.raises(actions.RowRefused) as refusal:
        added(region, own_row(valid_from=date(2026, 3, 31)))
    assert faults(refusal) == {"valid_from"}
    added(region, own_row(value=80_000_000, valid_from=date(2026, 4, 1)))
    assert decided(region, on=date(2026, 3, 31)) == 70_000_000
    assert decided(region, on=date(2026, 4, 1)) == 80_000_000


def test_a_correction_follows_the_row_and_both_can_be_read(region: Region):
    row = added(region)
    with pytest.raises(actions.RowRefused) as refusal:
        actions.correct_row(row=row, draft=own_row(value=80_000_000), reason="", **coordinating(region))
    assert faults(refusal) == {"reason"}
    browser = region.coordinator.browser()
    told = {key: value for key, value in FORM.items() if key != "what"} | {"value": "80000000", "reason": "写し間違い"}
    shown = browser.post(f"/statutes/rows/{row.pk}/correct/", told)
    assert shown.status_code == 200
    assert (
        browser.post(f"/statutes/rows/{row.pk}/correct/", {**told, "previewed": shown.context["form"].print_of()})
        .headers["Location"]
        .endswith("/rules/council_vote_property/")
    )
    assert decided(region) == 80_000_000
    page = browser.get("/statutes/rules/council_vote_property/").content.decode()
    assert "7,000万円" in page
    assert "8,000万円" in page
    assert "訂正前の行" in page
    assert "写し間違い" in page
    with pytest.raises(actions.RowFollowed):
        actions.correct_row(row=row, draft=own_row(value=90_000_000), reason="二人目", **coordinating(region))
    assert decided(region) == 80_000_000


def test_a_row_ends_and_is_not_lost(region: Region):
    row = added(region)
    browser = region.coordinator.browser()
    wrong = browser.post(f"/statutes/rows/{row.pk}/end/", {"last": "2020-03-31", "reason": "廃止"})
    assert wrong.status_code == 422
    right = {"last": "2027-03-31", "reason": "条例の廃止"}
    assert browser.post(f"/statutes/rows/{row.pk}/end/", right).status_code == 302
    assert decided(region, on=date(2027, 3, 31)) == 70_000_000
    assert decided(region, on=date(2027, 4, 1)) == 7_000_000
    assert Statute.objects.filter(organisation=region.village).count() == 2
    assert Entry.objects.filter(action="statutes.row_ended").count() == 1


def test_the_coordinator_writes_a_rate_that_nobody_had_seen(region: Region):
    row = Statute.objects.get(rule="late_interest_rate", sure="M")
    draft = RowDraft(
        rule="late_interest_rate",
        kind="",
        level=Level.NATIONAL,
        body_class=None,
        value=Decimal("2.5"),
        valid_from=date(2026, 4, 1),
        valid_until=None,
        article="昭和24年大蔵省告示991号",
        sure=Sure.SEEN,
        source="官報",
    )
    assert decided(region, "late_interest_rate") is None
    actions.correct_row(row=row, draft=draft, reason="官報で確かめた", **coordinating(region))
    assert decided(region, "late_interest_rate") == Decimal("2.5")


def test_a_row_for_many_tells_for_whom_it_changes_something(region: Region):
    Statute.objects.filter(rule="consumption_tax", value=10).update(valid_until=date(2026, 11, 30))
    told = {
        "what": "consumption_tax/",
        "value": "12",
        "valid_from": "2030-04-01",
        "article": "消費税法29条",
        "sure": "M",
        "reason": "試算",
    }
    page = region.coordinator.browser().post("/statutes/new/", told)
    assert {"檜原村", "日の出町", "世田谷区"} <= {one.body for one in page.context["effects"]}
    assert region.of_role(next(iter(region.villager.actor.roles - {"resident"}))).browser().get(
        "/statutes/new/"
    ).status_code in {302, 403}


def test_a_newer_table_follows_the_older_one_but_not_what_the_region_corrected(region: Region):
    assert shipped.load() == 0
    added(region)  # somebody has worked here, so that what comes is signed
    tax, rate = (Statute.objects.get(rule=rule, sure="M") for rule in ("consumption_tax", "late_interest_rate"))
    told = actions.draft_of(rate)
    actions.correct_row(
        row=rate,
        draft=RowDraft(**{name: getattr(told, name) for name in RowDraft.__dataclass_fields__} | {"value": Decimal(3)}),
        reason="官報で確かめた",
        **coordinating(region),
    )
    Statute.objects.filter(pk__in=(tax.pk, rate.pk)).update(edition="older")
    assert shipped.load() == 2
    tax.refresh_from_db()
    assert tax.superseded_by is not None
    assert Statute.objects.standing().get(rule="late_interest_rate", valid_from="2026-04-01").value == 3
    assert Entry.objects.filter(action="statutes.edition_taken").count() == 1
    assert shipped.load() == 0


def test_books_cost_the_same_for_one_body_and_for_many(region: Region, django_assert_num_queries: Any):
    ids = [region.village.pk]
    for number in range(62):
        ids.append(Organisation.objects.create(kind=Kind.TOWN, name=f"町{number}", label=f"町{number}").pk)
    with django_assert_num_queries(2):
        books = queries.books_of(ids)
    assert len(books) == 63
    assert all(book.rule_for("council_vote_property", on=TODAY).value == 7_000_000 for book in books.values())


def test_the_list_is_narrowed_and_taken_along(region: Region):
    added(region)
    browser = region.villager.browser()
    page = browser.get("/statutes/?rule=small_contract_ceiling&body_class=T&on=2025-03-31").content.decode()
    assert "80万円" in page
    assert "150万円" not in page
    assert "要確認" in browser.get("/statutes/?sure=M&format=csv").getvalue().decode()
    own = browser.get("/statutes/?level=body&body=檜原&format=csv").getvalue().decode()
    assert "70000000" in own
    assert browser.get("/statutes/?format=xlsx").status_code == 200
    assert browser.get("/statutes/?on=xxxx&rule=none").status_code == 200


def test_a_bodys_page_tells_what_holds_on_a_day(region: Region):
    browser = region.villager.browser()
    page = browser.get(f"/statutes/bodies/{region.village.pk}/?on=2025-03-31").content.decode()
    assert "町村" in page
    assert "130万円" in page
    assert browser.get(f"/statutes/bodies/{region.village.pk}/?on=2025-99-99").status_code == 200
    assert browser.get(f"/statutes/bodies/{region.dx_body.pk}/").status_code == 404
    assert browser.get("/statutes/rules/none/").status_code == 404


def test_rows_are_found_by_what_they_are_about(region: Region):
    row = added(region)
    for number in Statute.objects.filter(rule="consumption_tax").values_list("pk", flat=True):
        refresh("statutes.row", number)
    soon()
    page = region.villager.browser().get("/search/?q=消費税").content.decode()
    assert "/statutes/rows/" in page
    assert region.villager.browser().get(f"/statutes/rows/{row.pk}/").headers["Location"].endswith(f"#row-{row.pk}")


def test_the_api_tells_what_holds_and_why(region: Region):
    program = Program(region.villager, may_write=False)
    added(region)
    answer = program.get(f"/statutes/bodies/{region.village.pk}?on=2026-12-01")
    found = next(one for one in answer if one["rule"] == "council_vote_property")
    assert float(found["row"]["value"]) == 70_000_000
    assert [row["level"] for row in found["rows"]] == ["body", "class"]
    listed = program.get("/statutes?level=body")
    assert [row["law"] for row in listed["items"]] == ["議会の議決に付すべき契約及び財産の取得又は処分に関する条例"]


def test_the_coordinator_enters_ordinances_of_many_bodies_on_one_sheet(region: Region, settings: Any, tmp_path: Any):
    settings.DATA_DIR = tmp_path
    person = region.coordinator
    row = added(region)
    assert person.browser().post("/statutes/sheet/").status_code == 200
    head = "番号,団体コード,決まり,数値（円・日・％など、そのままの数）,いつから有効か,条例・規則の名前,条文,"
    head += "条例・規則の日付,確かさ"
    vote, small = "議会の議決が要る財産の取得・処分", "少額の随意契約の上限 財産の買入れ"

    def back(text: str) -> intake.Taken:
        return sheet_back.latest(f"{head}\n{text}", by=person)

    def line(code: str, what: str, value: str) -> str:
        return f",{code},{what},{value},2026/4/1,財務規則,第3条,昭和40年4月1日,条文を見た\n"

    wrong = back(
        line("133051", vote, "6999999")
        + line("999999", vote, "7000000")
        + line("133078", vote, "7000000")
        + line("133051", small, "多い")
    )
    assert {fault.cell for fault in wrong.returned.faults} == {"D3", "B4", "E5", "D6"}
    right = back(line("133051", vote, "9,000,000".replace(",", "")) + line("131121", small, "800000"))
    assert not right.returned.faults
    sheet_back.applied(right, by=person)
    assert queries.rule_for(rule="council_vote_property", body=region.town.pk, on=TODAY).value == 9_000_000
    small_of_ward = queries.rule_for(rule="small_contract_ceiling", kind="purchase", body=region.ward.pk, on=TODAY)
    assert small_of_ward.value == 800_000
    assert Statute.objects.standing().filter(pk=row.pk).exists()
    assert Entry.objects.filter(action="statutes.row_added").count() == 3


def test_a_rule_that_this_version_does_not_know_is_called_by_its_own_name(region: Region):
    row = added(region)
    Statute.objects.filter(pk=row.pk).update(rule="rule_of_later")
    browser = region.coordinator.browser()
    assert "rule_of_later" in browser.get("/statutes/?level=body").content.decode()
    assert "rule_of_later" in browser.get(f"/statutes/bodies/{region.village.pk}/").content.decode()
    refresh("statutes.row", row.pk)
    soon()
    assert "rule_of_later" in browser.get("/search/?q=rule_of_later").content.decode()
    row.refresh_from_db()
    actions.end_row(row=row, last=date(2027, 3, 31), reason="廃止", **coordinating(region))
    assert "rule_of_later" in region.auditor.browser().get("/audit/").content.decode()
