"""An officer's first page says what each case asks now, and says it no more once it is done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.modules.procurement.actions import aligning, committing, surveying
from kyodo.modules.procurement.actions.refusals import CaseChanged
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.queries import waiting
from kyodo.modules.procurement.queries.alignment import own_requirements, topics_of
from kyodo.modules.procurement.rules.alignment import Reply, RequirementLevel, TopicDraft
from kyodo.modules.procurement.rules.case import CaseState
from tests.cases import a_case, all_no, committed_draft, differing_topic, member, proposed, response
from tests.region import Region

pytestmark = pytest.mark.django_db


def asked(region: Region) -> list[str]:
    return [one.what for one in waiting.of_body(region.villager.actor)]


def test_a_survey_waits_until_it_is_answered(region: Region):
    case = a_case(region, state=CaseState.SURVEY, due_on=clock.today() + timedelta(days=9))
    assert asked(region) == ["survey"]
    assert "意向調査に答える" in region.villager.browser().get("/").content.decode()
    held = response(case, region.village)
    sitting = Sitting(lines=all_no(held), is_final=True)
    surveying.answer(response=held, sitting=sitting, revision=1, by=region.villager.actor, at=clock.now())
    assert asked(region) == []


def test_requirements_wait_and_then_proposals(region: Region):
    case = a_case(region, state=CaseState.ALIGNMENT)
    assert asked(region) == ["require"]
    topic = differing_topic(region, case)
    said = {row.id: ("", RequirementLevel.NICE) for row in own_requirements(case.pk, region.village.pk)}
    said = {key: told for key, told in said.items() if key != next(iter(said))}
    place, by = member(case, region.village), region.villager.actor
    aligning.require(place=place, said=said, revisions={}, by=by, at=clock.now())
    assert asked(region) == []
    settlement = proposed(region, case, topic)
    assert asked(region) == ["reply"]
    aligning.reply(place=place, replies={settlement.pk: (Reply.AGREE, "")}, by=by, at=clock.now())
    assert asked(region) == []


def test_a_proposal_about_what_is_asked_no_more_waits_for_nobody(region: Region):
    case = a_case(region, state=CaseState.MARKET)
    settlement = proposed(region, case, differing_topic(region, case))
    assert asked(region) == ["reply"]
    kept = [(row.id, TopicDraft(row.group, row.name, row.joint)) for row in topics_of(case.pk)][1:]
    aligning.set_topics(case=case, topics=kept, revision=case.revision, by=region.coordinator.actor, at=clock.now())
    assert asked(region) == []
    place, by = member(case, region.village), region.villager.actor
    with pytest.raises(CaseChanged):
        aligning.reply(place=place, replies={settlement.pk: (Reply.AGREE, "")}, by=by, at=clock.now())
    with pytest.raises(CaseChanged):
        aligning.close(settlement=settlement, reason="急ぐため。", by=region.coordinator.actor, at=clock.now())


def test_a_commitment_waits_to_be_written_and_to_be_bound(region: Region):
    case = a_case(region, state=CaseState.COMMITMENT)
    assert asked(region) == ["commit"]
    committed_draft(region, case, region.village, amount=500_000)
    assert asked(region) == ["bind"]
    approver = region.of_role(Role.APPROVER).actor
    committing.commit(place=member(case, region.village), knows_blocks=True, revision=1, by=approver, at=clock.now())
    assert asked(region) == []


def test_nothing_waits_for_a_body_that_is_not_in_a_case_nor_for_coordinators(region: Region):
    a_case(region, bodies=[region.town], state=CaseState.SURVEY)
    assert asked(region) == []
    assert waiting.of_body(region.coordinator.actor) == []
