"""Contracts are learnt from surveys, entered, mended, withdrawn; prices and suppliers stay with the body."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kyodo.core import clock
from kyodo.core.audit.models import Entry
from kyodo.modules.procurement.actions import contracts, surveying
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.actions.surveying import OwnLine, Sitting
from kyodo.modules.procurement.facade import note_contract
from kyodo.modules.procurement.models import CurrentContract
from kyodo.modules.procurement.queries.survey import lines_of
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.contracts import KEY_LENGTH, ContractSource
from kyodo.modules.procurement.rules.survey import LineDraft
from tests.by_proxy import for_body
from tests.cases import a_case, a_contract, contract_draft, response
from tests.region import Region

pytestmark = pytest.mark.django_db
ENDS = clock.today() + timedelta(days=200)
LATER = ENDS + timedelta(days=365)


def running(**changes):
    told = {
        "relevance": "yes",
        "quantity_said": "120",
        "contract": "running",
        "contract_until": ENDS,
        "unit_price_yen": 900,
        "supplier": "株式会社甲",
        **changes,
    }
    return LineDraft(**told)


def answered(region: Region, case, by=None, **changes):
    held = response(case, region.village)
    line = next(one for one in lines_of(held.pk) if one.name == "グループウェア")
    sitting = Sitting(lines={line.id: running(**changes)})
    actor = by or region.villager.actor
    surveying.answer(response=held, sitting=sitting, revision=held.revision, by=actor, at=clock.now())


def test_an_answer_with_the_end_of_a_contract_is_a_contract_and_the_next_answer_mends_it(region: Region):
    case = a_case(region, state=CaseState.SURVEY)
    answered(region, case)
    row = CurrentContract.objects.get()
    assert (row.organisation, row.kind, row.item, row.ends_on) == (region.village, "licences", "グループウェア", ENDS)
    assert (row.quantity, row.unit, row.supplier, row.unit_price_yen) == (120, "ユーザー", "株式会社甲", 900)
    assert (row.source, row.case_id) == (ContractSource.SURVEY, case.pk)
    answered(region, case, contract_until=LATER)
    row = CurrentContract.objects.get()
    assert (row.ends_on, row.revision) == (LATER, 2)


def test_what_was_mended_by_hand_is_not_undone_by_an_answer_that_says_nothing_new(region: Region):
    case = a_case(region, state=CaseState.SURVEY)
    answered(region, case)
    row = CurrentContract.objects.get()
    draft = contract_draft(item=row.item, ends_on=LATER, supplier="株式会社乙")
    contracts.edit_contract(contract=row, draft=draft, revision=row.revision, by=region.villager.actor, at=clock.now())
    answered(region, case, intention="join")
    row.refresh_from_db()
    assert (row.ends_on, row.supplier) == (LATER, "株式会社乙")
    answered(region, case, quantity_said="130")
    row.refresh_from_db()
    assert (row.ends_on, row.supplier, row.quantity) == (LATER, "株式会社乙", 130)


def test_an_older_survey_says_nothing_about_what_a_newer_one_said(region: Region):
    older, newer = a_case(region, state=CaseState.SURVEY), a_case(region, state=CaseState.SURVEY)
    answered(region, newer, contract_until=LATER)
    answered(region, older)
    assert CurrentContract.objects.get().ends_on == LATER


def test_an_answer_is_about_the_contract_that_ends_when_it_says_of_two_that_follow_one_another(region: Region):
    case = a_case(region, state=CaseState.SURVEY)
    first = a_contract(region, region.village, item="グループウェア", ends_on=ENDS)
    follows = {"begins_on": ENDS + timedelta(days=1), "ends_on": LATER}
    next_one = a_contract(region, region.village, item="グループウェア", **follows)
    answered(region, case, supplier="株式会社丁")
    assert {row.pk: (row.supplier, row.ends_on) for row in CurrentContract.objects.all()} == {
        first.pk: ("株式会社丁", ENDS),
        next_one.pk: ("株式会社多摩システム", LATER),
    }
    answered(region, case, contract_until=LATER + timedelta(days=1))
    assert set(CurrentContract.objects.values_list("ends_on", flat=True)) == {ENDS, LATER + timedelta(days=1)}


@pytest.mark.parametrize("known", [False, True])
def test_the_same_item_said_twice_in_one_answer_is_kept_once_for_each_end(region: Region, known: bool):
    case = a_case(region, state=CaseState.SURVEY)
    if known:
        a_contract(region, region.village, item="帳票ソフト", ends_on=ENDS)
    told = [("帳票ソフト", ENDS, "株式会社甲"), ("帳票　ソフト", ENDS, "株式会社乙"), ("帳票ｿﾌﾄ", LATER, "")]
    own = [OwnLine(text, running(unit="本", contract_until=end, supplier=supplier)) for text, end, supplier in told]
    surveying.answer(
        response=response(case, region.village),
        sitting=Sitting(lines={}, own=own),
        revision=1,
        by=region.villager.actor,
        at=clock.now(),
    )
    rows = CurrentContract.objects.order_by("ends_on").values_list("ends_on", "supplier")
    assert list(rows) == [(ENDS, "株式会社乙"), (LATER, "")]


def test_a_name_that_grows_when_it_is_compared_is_kept_too(region: Region):
    row = a_contract(region, region.village, item="㍿" * 100)
    assert len(row.item_key) <= KEY_LENGTH
    a_contract(region, region.village, item="㍿" * 99)
    with pytest.raises(CaseRefused):
        a_contract(region, region.village, item="㍿" * 100)


def test_own_lines_and_what_is_entered_by_proxy_are_learnt_too(region: Region):
    case = a_case(region, state=CaseState.SURVEY)
    held = response(case, region.village)
    own = [OwnLine("帳票ソフト", running(unit="本"))]
    surveying.answer(
        response=held, sitting=Sitting(lines={}, own=own), revision=1, by=region.villager.actor, at=clock.now()
    )
    answered(region, case, by=for_body(region, region.village))
    assert set(CurrentContract.objects.values_list("item", flat=True)) == {"帳票ソフト", "グループウェア"}


@pytest.mark.parametrize(
    "changes", [{"contract": "none", "contract_until": None}, {"contract_until": None}, {"contract": "unknown"}]
)
def test_without_a_contract_or_its_end_nothing_is_learnt(region: Region, changes):
    answered(region, a_case(region, state=CaseState.SURVEY), **changes)
    assert not CurrentContract.objects.exists()


def test_an_officer_enters_mends_and_withdraws_a_contract_and_the_record_tells_it(region: Region):
    browser = region.villager.browser()
    form = {"kind": "printing", "item": "封筒（長3）", "ends_on": ENDS.isoformat(), "yearly_yen": "120000"}
    assert browser.post("/procurement/contracts/new/", form).status_code == 302
    row = CurrentContract.objects.get()
    assert (row.organisation, row.yearly_yen, row.source) == (region.village, 120_000, ContractSource.ENTERED)
    again = browser.post("/procurement/contracts/new/", {**form, "item": "封筒(長3)"})
    assert "期間の重なる契約がすでにあります" in again.content.decode()
    address = f"/procurement/contracts/{row.pk}/"
    late = browser.post(address, {**form, "revision": "7"})
    assert late.status_code == 422
    assert browser.post(address, {**form, "revision": "1", "note": "単価契約です。"}).status_code == 302
    assert "封筒（長3）" in browser.get("/procurement/contracts/?supplier=&kind=printing&q=封筒").content.decode()
    browser.post(f"{address}withdraw/")
    assert browser.get(address).status_code == 404
    told = Entry.objects.filter(subject_kind="procurement.contract").order_by("sequence")
    done = [one.removeprefix("procurement.contract_") for one in told.values_list("action", flat=True)]
    assert done == ["entered", "edited", "withdrawn"]


def test_everything_that_is_wrong_with_a_contract_is_told_at_once(region: Region):
    draft = contract_draft(kind="ships", item="x", begins_on=LATER, quantity=-1, ends_on=ENDS)
    with pytest.raises(CaseRefused) as refusal:
        contracts.enter_contract(organisation=region.village, draft=draft, by=region.villager.actor, at=clock.now())
    assert {fault.field for fault in refusal.value.faults} == {"kind", "item", "ends_on", "quantity"}


def test_prices_and_suppliers_are_seen_by_the_body_coordinators_and_auditors_alone(region: Region):
    a_contract(region, region.village, supplier="株式会社秘密", item="グループウェア")
    for person in (region.villager, region.coordinator, region.auditor):
        assert "株式会社秘密" in person.browser().get("/procurement/contracts/").content.decode()
    for form in ("", "?format=csv"):
        theirs = region.townsman.browser().get(f"/procurement/contracts/{form}")
        content = b"".join(theirs) if theirs.streaming else theirs.content
        assert "株式会社秘密" not in content.decode()
    radar = region.townsman.browser().get("/procurement/radar/").content.decode()
    assert "株式会社秘密" not in radar
    assert "1,200,000" not in radar


def test_a_coordinator_says_of_which_body_a_contract_is(region: Region):
    form = {"kind": "cloud", "item": "施設予約", "ends_on": ENDS.isoformat(), "body": region.town.pk}
    assert region.coordinator.browser().post("/procurement/contracts/new/", form).status_code == 302
    assert CurrentContract.objects.get().organisation == region.town


def test_an_award_is_noted_beside_the_contract_that_runs_until_then(region: Region):
    case = a_case(region)
    old = a_contract(region, region.village, item="グループウェア")
    award = contract_draft(item="グループウェア", begins_on=ENDS, ends_on=LATER, supplier="株式会社丙")
    told = {"organisation": region.village, "case_id": case.pk, "by": region.coordinator.actor, "at": clock.now()}
    key = note_contract(draft=award, **told)
    assert key != old.pk
    assert note_contract(draft=award, **told) == key
    assert CurrentContract.objects.get(pk=key).source == ContractSource.AWARD


def test_of_two_who_mend_a_contract_the_second_is_told(region: Region):
    row = a_contract(region, region.village)
    contracts.edit_contract(contract=row, draft=contract_draft(), revision=1, by=region.villager.actor, at=clock.now())
    with pytest.raises(CaseChanged):
        contracts.edit_contract(
            contract=row, draft=contract_draft(), revision=1, by=region.villager.actor, at=clock.now()
        )


def test_the_list_costs_the_same_for_one_contract_and_for_many(region: Region, django_assert_num_queries):
    for _number in range(12):
        a_contract(region, region.village)
    browser = region.coordinator.browser()
    browser.get("/procurement/contracts/")
    with django_assert_num_queries(QUERIES):
        browser.get("/procurement/contracts/")


QUERIES = 7
