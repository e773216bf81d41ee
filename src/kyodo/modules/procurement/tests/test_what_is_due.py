"""What a step asks is due of each body until it has done it, and again when more is asked; for many as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.deadlines.models import Deadline
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.modules.procurement.actions import aligning, committing, joining, merging, opening, surveying
from kyodo.modules.procurement.actions.owing import set_due
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.models import CaseMember, JointProcurement
from kyodo.modules.procurement.queries.alignment import own_requirements, topics_of
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.rules.alignment import Reply, RequirementLevel, TopicDraft
from kyodo.modules.procurement.rules.case import CaseState, ContractForm, ItemDraft, MemberRole
from tests import cases
from tests.cases import a_case, all_no, commitment_draft, committed_draft, member, response
from tests.region import LONG_AGO, Region

pytestmark = pytest.mark.django_db
DAY = clock.today() + timedelta(days=30)


def due(case) -> set[str]:
    """The bodies of which something is due in a case."""
    keys = CaseMember.objects.filter(case=case).values("pk")
    found = Deadline.objects.filter(kind="procurement.member", subject_id__in=keys, met_at=None, due_on=DAY)
    return set(found.values_list("organisation__name", flat=True))


def surveyed(region: Region) -> JointProcurement:
    """A case in its survey, that the village has answered."""
    case = a_case(region, state=CaseState.SURVEY, due_on=DAY)
    held = response(case, region.village)
    sitting = Sitting(lines=all_no(held), is_final=True)
    surveying.answer(response=held, sitting=sitting, revision=1, by=region.villager.actor, at=clock.now())
    return case


def aligned(region: Region) -> JointProcurement:
    """A case in its alignment, of which the village has said all that it requires."""
    case = a_case(region, state=CaseState.ALIGNMENT, due_on=DAY)
    said = {one.id: ("単年度契約", RequirementLevel.MUST) for one in own_requirements(case.pk, region.village.pk)}
    place = member(case, region.village)
    aligning.require(place=place, said=said, revisions={}, by=region.villager.actor, at=clock.now())
    return case


def topics(case) -> list[tuple[int | None, TopicDraft]]:
    return [(row.id, TopicDraft(row.group, row.name, row.joint)) for row in topics_of(case.pk)]


def test_a_body_that_answered_owes_nothing_when_another_comes_in_or_changes_its_part(region: Region):
    case = surveyed(region)
    assert due(case) == {region.town.name}
    cases.add(region, case, region.ward)
    assert due(case) == {region.town.name, region.ward.name}
    place = member(case, region.ward)
    roles = {place.pk: MemberRole.OBSERVER}
    joining.set_roles(case=case, roles=roles, by=region.coordinator.actor, at=clock.now())
    assert due(case) == {region.town.name}


def test_an_item_that_is_new_is_due_of_those_who_had_answered(region: Region):
    case = surveyed(region)
    known = [(one.id, ItemDraft(one.name, one.unit, one.form, one.note)) for one in items_of(case.pk)]
    new = (None, ItemDraft("表計算ソフト", "本", ContractForm.SERVICE, ""))
    opening.set_items(
        case=case, items=[*known, new], revision=case.revision, by=region.coordinator.actor, at=clock.now()
    )
    assert due(case) == {region.village.name, region.town.name}


def test_so_is_one_that_comes_of_lines_that_were_joined(region: Region):
    case = a_case(region, state=CaseState.SURVEY, due_on=DAY)
    line = cases.own_line(region, case)
    held = response(case, region.village)
    sitting = Sitting(lines=all_no(held), is_final=True)
    surveying.answer(response=held, sitting=sitting, revision=held.revision, by=region.villager.actor, at=clock.now())
    assert due(case) == {region.town.name}
    key = cases.an_item_proposal(region, case, line)
    told = {"proposal_id": key, "name": "表計算ソフト", "unit": "台", "keys": [line]}
    merging.confirm(case=case, **told, by=region.coordinator.actor, at=clock.now())
    assert due(case) == {region.village.name, region.town.name}


def test_a_requirement_that_is_new_is_due_of_those_who_had_said_all(region: Region):
    case = aligned(region)
    assert due(case) == {region.town.name}
    given = [*topics(case), (None, TopicDraft("契約", "支払の時期"))]
    aligning.set_topics(case=case, topics=given, revision=case.revision, by=region.coordinator.actor, at=clock.now())
    assert due(case) == {region.village.name, region.town.name}


@pytest.mark.parametrize("end", ["answered", "closed"])
def test_an_answer_to_a_proposal_is_due_until_it_is_given_or_wanted_no_more(region: Region, end: str):
    case = aligned(region)
    proposal = cases.proposed(region, case, topics_of(case.pk)[0].id)
    assert due(case) == {region.village.name, region.town.name}
    if end == "answered":
        replies = {proposal.pk: (Reply.AGREE, "")}
        place = member(case, region.village)
        aligning.reply(place=place, replies=replies, by=region.villager.actor, at=clock.now())
    else:
        aligning.close(settlement=proposal, reason="急ぐため。", by=region.coordinator.actor, at=clock.now())
    assert due(case) == {region.town.name}


def test_a_commitment_that_is_rewritten_is_due_again(region: Region):
    case = a_case(region, state=CaseState.COMMITMENT, due_on=DAY)
    committed_draft(region, case, region.village)
    place = member(case, region.village)
    approver = region.of_role(Role.APPROVER).actor
    committing.commit(place=place, knows_blocks=True, revision=1, by=approver, at=clock.now())
    assert due(case) == {region.town.name}
    draft = commitment_draft(case, amount=2_000_000)
    committing.write_commitment(place=place, draft=draft, revision=2, by=region.villager.actor, at=clock.now())
    assert due(case) == {region.village.name, region.town.name}


@pytest.mark.parametrize("state", [CaseState.SURVEY, CaseState.ALIGNMENT, CaseState.MARKET, CaseState.COMMITMENT])
def test_it_costs_the_same_for_two_bodies_and_for_sixty_two(region: Region, state: CaseState):
    case = a_case(region, state=state, due_on=DAY)
    two = statements(case)
    more = Organisation.objects.bulk_create(
        Organisation(name=f"{number}村", kind=Kind.VILLAGE, valid_from=LONG_AGO) for number in range(60)
    )
    new = [body.pk for body in more]
    joining.add_bodies(case=case, bodies=new, role=MemberRole.MEMBER, by=region.coordinator.actor, at=clock.now())
    assert len(due(case)) == 62
    assert statements(case) == two


def statements(case: JointProcurement) -> int:
    Deadline.objects.all().delete()
    with CaptureQueriesContext(connection) as told:
        set_due(case, at=clock.now())
    return len(told)
