"""Whoever has the survey open sees answers come in, without a key being pressed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kyodo.core import clock
from kyodo.modules.procurement.actions import moving, surveying
from kyodo.modules.procurement.rules.case import CaseState
from tests.cases import a_case, all_no, response
from tests.region import Person, Region

pytestmark = pytest.mark.django_db


def part(person: Person, case: Any) -> str:
    """What the open page asks for again."""
    answer = person.browser().get(f"/procurement/{case.pk}/survey/", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return str(answer.content.decode())


def village_answers(region: Region, case: Any) -> None:
    held = response(case, region.village)
    sitting = surveying.Sitting(
        lines=all_no(held), own=[], answers={}, contact="", stage=1, is_final=True, seconds=None
    )
    surveying.answer(response=held, sitting=sitting, revision=held.revision, by=region.villager.actor, at=clock.now())


def test_the_part_that_is_renewed_tells_the_new_answer_and_the_new_count(region: Region):
    case = a_case(region, state=CaseState.SURVEY)
    before = part(region.coordinator, case)
    assert "回答済み" not in before
    village_answers(region, case)
    after = part(region.coordinator, case)
    assert "回答済み" in after
    assert 'id="survey-figures" hx-swap-oob="true"' in after
    assert "<html" not in after


def test_while_the_survey_goes_on_the_page_renews_itself_and_then_no_more(region: Region):
    case = a_case(region, state=CaseState.SURVEY)
    browser = region.coordinator.browser()
    address = f"/procurement/{case.pk}/survey/"
    assert f'hx-get="{address}" hx-trigger="every 20s"' in browser.get(address).content.decode()
    moving.move_case(case=case, to=CaseState.ALIGNMENT, reason="", by=region.coordinator.actor, at=clock.now())
    assert "hx-trigger" not in browser.get(address).content.decode()
    assert "hx-trigger" not in part(region.coordinator, case), "a page that is still open stops asking"


def test_what_is_renewed_costs_less_than_the_page(region: Region):
    case = a_case(region, state=CaseState.SURVEY)
    browser, address = region.coordinator.browser(), f"/procurement/{case.pk}/survey/"
    browser.get(address)
    with CaptureQueriesContext(connection) as whole:
        browser.get(address)
    with CaptureQueriesContext(connection) as again:
        browser.get(address, headers={"HX-Request": "true"})
    assert len(again) < len(whole)


def test_a_body_that_is_not_asked_sees_neither_page_nor_part(region: Region):
    case = a_case(region, bodies=(region.town,), state=CaseState.SURVEY)
    answer = region.villager.browser().get(f"/procurement/{case.pk}/survey/", headers={"HX-Request": "true"})
    assert answer.status_code == 404
