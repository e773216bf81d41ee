"""What coordinators enter for a body in a case: it is told, reads it, and finds where to put it right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kyodo.core import clock
from kyodo.core.proxy.models import ProxyEntry
from kyodo.modules.procurement.actions.by_proxy import answer_by_proxy, commit_by_proxy, require_by_proxy
from kyodo.modules.procurement.actions.estimating import record_budget_by_proxy
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.queries.alignment import own_requirements
from kyodo.modules.procurement.rules.alignment import RequirementLevel
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.estimate import BudgetDraft
from kyodo.modules.procurement.rules.survey import BudgetState
from tests import decided
from tests.by_proxy import for_body, said
from tests.cases import a_case, all_no, commitment_draft, committed_draft, member, response
from tests.region import Region

pytestmark = pytest.mark.django_db


def entering(region: Region):
    return {"source": said(), "files": (), "by": for_body(region, region.village), "at": clock.now()}


def an_answer(region: Region) -> str:
    held = response(a_case(region, state=CaseState.SURVEY), region.village)
    answer_by_proxy(response=held, sitting=Sitting(lines=all_no(held)), revision=1, **entering(region))
    return f"/procurement/{held.survey_id}/survey/answer/"


def requirements(region: Region) -> str:
    case = a_case(region, state=CaseState.ALIGNMENT)
    mine = own_requirements(case.pk, region.village.pk)[0]
    told = {mine.id: ("単年度契約", RequirementLevel.MUST)}
    require_by_proxy(place=member(case, region.village), said=told, revisions={}, **entering(region))
    return f"/procurement/{case.pk}/alignment/require/"


def a_commitment(region: Region) -> str:
    case = a_case(region, state=CaseState.COMMITMENT)
    place = member(case, region.village)
    commit_by_proxy(place=place, draft=commitment_draft(case), revision=0, **entering(region))
    return f"/procurement/{case.pk}/commitment/write/"


def a_budget(region: Region) -> str:
    case = a_case(region, state=CaseState.MARKET)
    draft = BudgetDraft(BudgetState.INITIAL, 1_000_000, clock.today() - timedelta(days=1), "")
    record_budget_by_proxy(member=member(case, region.village), draft=draft, revision=None, **entering(region))
    return f"/procurement/{case.pk}/estimates/budget/"


@pytest.mark.parametrize("entered", [an_answer, requirements, a_commitment, a_budget])
def test_the_body_reads_what_was_entered_and_finds_where_to_write_it_itself(
    region: Region, entered: Callable[[Region], str]
):
    form = entered(region)
    entry = ProxyEntry.objects.get()
    assert region.villager.browser().get("/proxy/").status_code == 200
    browser = region.villager.browser()
    page = browser.get(f"/proxy/{entry.pk}/").content.decode()
    assert f'href="{form}"' in page
    assert browser.get(form).status_code == 200
    assert browser.get(f"/proxy/{entry.pk}/sheet/").status_code == 200


def test_a_body_is_told_of_the_decision_that_a_coordinator_records_for_its_commitment(region: Region):
    key = committed_draft(region, a_case(region, state=CaseState.COMMITMENT), region.village)
    by = region.coordinator
    told_to = region.villager
    matter = decided.matter(key, by, "procurement.commitment")
    decided.actions.record_decision(matter=matter, draft=decided.draft(), **decided.acting(by))
    told = told_to.browser().get("/notifications/").content.decode()
    assert "あなたの団体の決裁" in told
    assert "8総第1号" in told
    assert "あなたの団体の決裁" not in region.townsman.browser().get("/notifications/").content.decode()
