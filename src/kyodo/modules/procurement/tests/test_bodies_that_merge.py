"""A body merges into another: the successor keeps what was answered wherever it had said nothing itself."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.core.mergers import tasks
from kyodo.core.organisations.models import Organisation
from kyodo.modules.procurement.actions import aligning, surveying
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.models import Commitment, CurrentContract, Requirement, SurveyResponse
from kyodo.modules.procurement.queries.alignment import own_requirements
from kyodo.modules.procurement.rules.alignment import RequirementLevel
from kyodo.modules.procurement.rules.case import CaseState
from tests import moving
from tests.cases import a_case, a_contract, all_no, committed_draft, member, response
from tests.region import Region

pytestmark = pytest.mark.django_db


def merged(region: Region) -> None:
    """The village goes into the town today."""
    moving.merger(region, days=0)
    tasks.apply_due.function(None)


def said(region: Region, case, body, person) -> None:
    held = response(case, body)
    sitting = Sitting(lines=all_no(held), is_final=True, contact=person.actor.label)
    surveying.answer(response=held, sitting=sitting, revision=1, by=person.actor, at=clock.now())


def test_the_successor_takes_answers_over_where_it_had_none_and_keeps_its_own_where_it_had(region: Region):
    quiet, loud = a_case(region, state=CaseState.SURVEY), a_case(region, state=CaseState.SURVEY)
    alone = a_case(region, bodies=(region.village,), state=CaseState.SURVEY)
    for case in (quiet, loud, alone):
        said(region, case, region.village, region.villager)
    said(region, loud, region.town, region.townsman)
    merged(region)
    by_case = {
        row.survey_id: (row.contact, row.stage) for row in SurveyResponse.objects.filter(organisation=region.town)
    }
    assert by_case[quiet.pk] == (region.villager.actor.label, 3)
    assert by_case[alone.pk] == (region.villager.actor.label, 3)
    assert by_case[loud.pk] == (region.townsman.actor.label, 3)
    assert Organisation.objects.get(pk=region.village.pk).valid_until is not None
    assert region.townsman.browser().get(f"/procurement/{quiet.pk}/survey/").status_code == 200


def test_requirements_commitments_and_contracts_go_over(region: Region):
    aligned = a_case(region, state=CaseState.ALIGNMENT)
    mine = own_requirements(aligned.pk, region.village.pk)[0]
    told = {mine.id: ("単年度契約", RequirementLevel.MUST)}
    place = member(aligned, region.village)
    aligning.require(place=place, said=told, revisions={}, by=region.villager.actor, at=clock.now())
    committing = a_case(region, bodies=(region.village,), state=CaseState.COMMITMENT)
    committed_draft(region, committing, region.village)
    contract = a_contract(region, region.village, item="グループウェア")
    twin = a_contract(region, region.town, item="グループウェア")
    other = a_contract(region, region.village, item="封筒", kind="printing")
    merged(region)
    assert Requirement.objects.get(topic_id=mine.topic_id, organisation=region.town).text == "単年度契約"
    assert Commitment.objects.get(case=committing).organisation == region.town
    standing = CurrentContract.objects.filter(organisation=region.town, withdrawn_at=None)
    assert set(standing.values_list("pk", flat=True)) == {twin.pk, other.pk}
    assert CurrentContract.objects.get(pk=contract.pk).withdrawn_at is not None
