"""An officer answers a survey in minutes: a line an item first, the rest only of what stays, in part or in whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kyodo.core import clock
from kyodo.core.deadlines.models import Deadline
from kyodo.modules.procurement.actions import joining, surveying
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.models import SurveyLine, SurveyResponse
from kyodo.modules.procurement.queries import results
from kyodo.modules.procurement.queries.survey import lines_of
from kyodo.modules.procurement.rules.case import MEMBER_KIND, CaseState, ContractForm, ItemDraft
from kyodo.modules.procurement.rules.survey import LineDraft
from tests.cases import a_case, member, response
from tests.region import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(region: Region):
    return a_case(region, state=CaseState.SURVEY, due_on=clock.today() + timedelta(days=20))


def form_of(browser, case, stage=1):
    page = browser.get(f"/procurement/{case.pk}/survey/answer/?stage={stage}")
    return page.context["form"]


def first_stage(form, **said):
    """What the browser sends for the first stage: the same for all, or by the name of an item."""
    lines = {f"relevance-{line.id}": said.get(line.name, said.get("all", "no")) for line in form.lines}
    return {**lines, "revision": form.response.revision, "began": form["began"].value()}


def open_deadline(case, region):
    place = member(case, region.village)
    return Deadline.objects.filter(kind=MEMBER_KIND, subject_id=place.pk, purpose="survey", met_at=None).exists()


def test_who_has_nothing_to_do_with_it_is_done_with_one_choice_an_item(region: Region, case):
    browser = region.villager.browser()
    assert open_deadline(case, region)
    form = form_of(browser, case)
    answer = browser.post(f"/procurement/{case.pk}/survey/answer/", {**first_stage(form), "do": "final"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/procurement/{case.pk}/survey/"
    assert SurveyResponse.objects.get(organisation=region.village).stage == 3
    assert not open_deadline(case, region)


def test_more_is_asked_only_of_what_stays(region: Region, case):
    surveying.ask_stage(case=case, stage=2, by=region.coordinator.actor, at=clock.now())
    browser = region.villager.browser()
    told = first_stage(form_of(browser, case), グループウェア="yes", ウイルス対策="undecided")
    page = browser.post(f"/procurement/{case.pk}/survey/answer/", {**told, "do": "final"}, follow=True)
    assert [line.name for line in page.context["form"].lines] == ["グループウェア", "ウイルス対策"]
    assert open_deadline(case, region)


def test_what_is_missing_is_told_all_at_once_and_kept_for_later_if_wanted(region: Region, case):
    browser = region.villager.browser()
    form = form_of(browser, case)
    some = {f"relevance-{form.lines[0].id}": "yes", "revision": 1}
    refused = browser.post(f"/procurement/{case.pk}/survey/answer/", {**some, "do": "final"})
    assert refused.status_code == 422
    assert refused.content.decode().count("関係あり・なし・未定のどれかを選んでください。") >= len(form.lines) - 1
    kept = browser.post(f"/procurement/{case.pk}/survey/answer/", {**some, "do": "keep"})
    assert kept.status_code == 302
    row = SurveyResponse.objects.get(organisation=region.village)
    assert (row.stage, row.lines.filter(relevance="yes").count()) == (0, 1)


@pytest.mark.parametrize(
    ("said", "number", "about", "unit"),
    [
        ("0", 0, False, ""),
        ("1000000000", 1_000_000_000, False, ""),
        ("約100", 100, True, ""),
        ("１，２００台", 1200, False, ""),
        ("一式", 1, False, "式"),
        ("3千", 3000, False, ""),
        ("不明", None, False, ""),
    ],
)
def test_quantities_are_read_as_people_write_them(region: Region, case, said, number, about, unit):
    held = response(case, region.village)
    line = lines_of(held.pk)[0]
    sitting = Sitting(lines={line.id: LineDraft(relevance="yes", quantity_said=said)}, stage=2)
    surveying.answer(response=held, sitting=sitting, revision=1, by=region.villager.actor, at=clock.now())
    row = SurveyLine.objects.get(pk=line.id)
    assert (row.quantity, row.is_about, row.unit, row.quantity_said) == (number, about, unit, said)


@pytest.mark.parametrize("said", ["100〜200", "1.5", "たくさん", "99999999999", "-5"])
def test_what_is_no_quantity_is_refused_by_its_field(region: Region, case, said):
    held = response(case, region.village)
    line = lines_of(held.pk)[0]
    sitting = Sitting(lines={line.id: LineDraft(relevance="yes", quantity_said=said)}, stage=2)
    with pytest.raises(CaseRefused) as refusal:
        surveying.answer(response=held, sitting=sitting, revision=1, by=region.villager.actor, at=clock.now())
    assert [fault.field for fault in refusal.value.faults] == [f"quantity_said-{line.id}"]


def test_other_units_stand_apart_and_a_digit_too_many_is_shown(region: Region):
    case = a_case(region, bodies=[region.village, region.town, region.ward], state=CaseState.SURVEY)
    for body, person, said, unit in (
        (region.village, region.villager, "60", ""),
        (region.town, region.townsman, "1000000000", ""),
        (region.ward, region.person(region.ward, next(iter(region.villager.actor.roles - {"resident"}))), "3", "人月"),
    ):
        held = response(case, body)
        line = lines_of(held.pk)[0]
        draft = LineDraft(relevance="yes", quantity_said=said, unit=unit)
        surveying.answer(
            response=held, sitting=Sitting(lines={line.id: draft}), revision=1, by=person.actor, at=clock.now()
        )
    item = lines_of(response(case, region.village).pk)[0]
    demand = results.by_item(results.demands(case.pk), {item.item_id or 0: item.unit})[item.item_id or 0]
    assert demand.other_units == {"人月": 3}
    assert demand.total == 1_000_000_060
    page = region.coordinator.browser().get(f"/procurement/{case.pk}/survey/").content.decode()
    assert "3人月" in page


def test_of_two_of_one_body_the_second_is_told(region: Region, case):
    held = response(case, region.village)
    line = lines_of(held.pk)[0]
    first, second = (Sitting(lines={line.id: LineDraft(relevance=word)}) for word in ("yes", "no"))
    surveying.answer(response=held, sitting=first, revision=1, by=region.villager.actor, at=clock.now())
    with pytest.raises(CaseChanged):
        surveying.answer(response=held, sitting=second, revision=1, by=region.villager.actor, at=clock.now())
    assert SurveyLine.objects.get(pk=line.id).relevance == "yes"


def test_as_last_time_fills_in_what_was_said_then(region: Region):
    earlier = a_case(region, state=CaseState.SURVEY)
    held = response(earlier, region.village)
    line = lines_of(held.pk)[0]
    lines = {one.id: LineDraft(relevance="no") for one in lines_of(held.pk)}
    lines[line.id] = LineDraft(relevance="yes", quantity_said="120", contract="none")
    surveying.answer(
        response=held, sitting=Sitting(lines=lines, is_final=True), revision=1, by=region.villager.actor, at=clock.now()
    )
    case = a_case(region, state=CaseState.SURVEY)
    browser = region.villager.browser()
    form = form_of(browser, case)
    same = next(one for one in form.lines if one.name == line.name)
    page = browser.get(f"/procurement/{case.pk}/survey/answer/").content.decode()
    assert "120" in page
    told = {**first_stage(form), f"relevance-{same.id}": "", f"same-{same.id}": "on", "do": "final"}
    browser.post(f"/procurement/{case.pk}/survey/answer/", told)
    row = SurveyLine.objects.get(pk=same.id)
    assert (row.relevance, row.quantity, row.is_as_last) == ("yes", 120, True)


def test_what_is_asked_later_is_asked_of_all_again(region: Region, case):
    held = response(case, region.village)
    lines = {line.id: LineDraft(relevance="no") for line in lines_of(held.pk)}
    surveying.answer(
        response=held, sitting=Sitting(lines=lines, is_final=True), revision=1, by=region.villager.actor, at=clock.now()
    )
    from kyodo.modules.procurement.actions import opening

    case.refresh_from_db()
    known = [(item.pk, ItemDraft(item.name, item.unit, ContractForm(item.form))) for item in case.items.all()]
    new = (None, ItemDraft("電子契約サービス", "件", ContractForm.SERVICE))
    opening.set_items(
        case=case, items=[*known, new], revision=case.revision, by=region.coordinator.actor, at=clock.now()
    )
    held.refresh_from_db()
    assert held.stage == 0
    assert "電子契約サービス" in [line.name for line in lines_of(held.pk)]


def test_a_body_that_left_counts_no_more_and_its_answers_stay(region: Region, case):
    held = response(case, region.village)
    line = lines_of(held.pk)[0]
    draft = LineDraft(relevance="yes", quantity_said="60")
    surveying.answer(
        response=held, sitting=Sitting(lines={line.id: draft}), revision=1, by=region.villager.actor, at=clock.now()
    )
    assert [one.quantity for one in results.demands(case.pk)] == [60]
    place = member(case, region.village)
    joining.leave(member=place, reason="予算が付きませんでした。", by=region.villager.actor, at=clock.now())
    assert results.demands(case.pk) == []
    assert SurveyLine.objects.get(pk=line.id).quantity == 60


def test_prices_and_suppliers_are_not_for_other_bodies(region: Region, case):
    held = response(case, region.village)
    line = lines_of(held.pk)[0]
    draft = LineDraft(
        relevance="yes", quantity_said="60", contract="none", unit_price_yen=98_765, supplier="丙商店", intention="join"
    )
    surveying.answer(
        response=held, sitting=Sitting(lines={line.id: draft}), revision=1, by=region.villager.actor, at=clock.now()
    )
    own, other, runs = (person.browser() for person in (region.villager, region.townsman, region.coordinator))
    place = f"/procurement/{case.pk}/survey/{region.village.pk}/"
    assert "丙商店" in own.get(place).content.decode()
    assert "丙商店" in runs.get(place).content.decode()
    assert other.get(place).status_code == 404
    overview = other.get(f"/procurement/{case.pk}/survey/").content.decode()
    assert "丙商店" not in overview
    assert "98,765" not in overview


def test_the_pages_cost_the_same_however_many_answer(region: Region, case, django_assert_num_queries):
    browser = region.coordinator.browser()
    browser.get(f"/procurement/{case.pk}/survey/")
    with django_assert_num_queries(13):
        browser.get(f"/procurement/{case.pk}/survey/")
