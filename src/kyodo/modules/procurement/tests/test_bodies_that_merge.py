"""A body merges into another: the successor keeps what was answered wherever it had said nothing itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kyodo.core import clock
from kyodo.core.deadlines.models import Deadline
from kyodo.core.mergers import tasks
from kyodo.core.organisations.models import Organisation
from kyodo.modules.procurement.actions import aligning, joining, surveying
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.models import Commitment, CurrentContract, Requirement, SurveyResponse
from kyodo.modules.procurement.queries.alignment import own_requirements, topics_of
from kyodo.modules.procurement.rules.alignment import Reply, RequirementLevel, TopicState
from kyodo.modules.procurement.rules.case import CaseState, MemberRole
from tests import moving
from tests.cases import a_case, a_contract, add, all_no, committed_draft, member, proposed, response
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


def left(region: Region, case, body, person) -> None:
    place = member(case, body)
    joining.leave(member=place, reason="予算がないため。", by=person.actor, at=clock.now())


def test_a_body_that_had_left_comes_back_in_the_place_of_the_one_that_it_takes_over(region: Region):
    case = a_case(region, state=CaseState.SURVEY, due_on=clock.today() + timedelta(days=9))
    said(region, case, region.town, region.townsman)
    left(region, case, region.town, region.townsman)
    add(region, case, region.ward)
    roles = {member(case, region.village).pk: MemberRole.LEAD}
    joining.set_roles(case=case, roles=roles, by=region.coordinator.actor, at=clock.now())
    said(region, case, region.village, region.villager)
    merged(region)
    place = member(case, region.town)
    assert (place.left_at, place.role) == (None, MemberRole.LEAD)
    assert member(case, region.village).left_at is not None
    assert SurveyResponse.objects.get(organisation=region.town).contact == region.villager.actor.label
    assert not Deadline.objects.filter(subject_id=place.pk, kind="procurement.member", met_at=None).exists()


def test_of_two_that_are_in_the_stronger_part_stays(region: Region):
    case = a_case(region, state=CaseState.SURVEY)
    places = {body.pk: member(case, body).pk for body in (region.village, region.town)}
    roles = {places[region.village.pk]: MemberRole.LEAD, places[region.town.pk]: MemberRole.OBSERVER}
    joining.set_roles(case=case, roles=roles, by=region.coordinator.actor, at=clock.now())
    merged(region)
    assert member(case, region.town).role == MemberRole.LEAD


def test_what_still_waits_for_an_answer_waits_for_the_successor(region: Region):
    case = a_case(region, state=CaseState.ALIGNMENT)
    waits, answered = (topics_of(case.pk)[number].id for number in (0, 1))
    for topic in (waits, answered):
        mine = next(one for one in own_requirements(case.pk, region.village.pk) if one.topic_id == topic)
        told = {mine.id: ("10インチ以上", RequirementLevel.MUST)}
        place = member(case, region.village)
        aligning.require(place=place, said=told, revisions={}, by=region.villager.actor, at=clock.now())
    open_one, closed = (proposed(region, case, topic) for topic in (waits, answered))
    replies = {closed.pk: (Reply.OBJECT, "画面が小さいと困ります。")}
    aligning.reply(place=member(case, region.village), replies=replies, by=region.villager.actor, at=clock.now())
    merged(region)
    rows = {row.id: row for row in topics_of(case.pk)}
    assert rows[waits].settlement is not None
    assert rows[waits].settlement.waiting == (region.town.pk,)
    assert rows[answered].state is TopicState.OBJECTED
    assert open_one.pk != closed.pk


def test_a_commitment_of_one_that_had_left_makes_way(region: Region):
    case = a_case(region, state=CaseState.COMMITMENT)
    committed_draft(region, case, region.town)
    left(region, case, region.town, region.townsman)
    key = committed_draft(region, case, region.village, amount=1_234_567)
    merged(region)
    row = Commitment.objects.get(case=case)
    assert (row.pk, row.organisation, row.amount_yen) == (key, region.town, 1_234_567)
