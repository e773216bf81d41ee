"""Situations of joint procurement."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from kyodo.core.access.roles import Role
from kyodo.modules.procurement import tasks
from kyodo.modules.procurement.actions import (
    aligning,
    committing,
    contracts,
    joining,
    merging,
    moving,
    opening,
    surveying,
)
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.models import CaseMember, Commitment, JointProcurement, RecordedGround
from kyodo.modules.procurement.queries.commitment import commitment_of
from kyodo.modules.procurement.rules.alignment import Reply, TopicDraft
from kyodo.modules.procurement.rules.case import CaseState, ContractForm, ItemDraft, MemberRole
from kyodo.modules.procurement.rules.survey import QuestionDraft, QuestionKind
from tests import decided
from tests.architecture.situations import acting, situation
from tests.cases import (
    a_case,
    a_contract,
    all_no,
    an_item_proposal,
    committed_draft,
    contract_draft,
    differing_topic,
    draft_of,
    member,
    own_line,
    proposed,
    response,
)
from tests.region import Region


@situation("procurement.opened")
def _(region: Region) -> None:
    need = region.need()
    opening.open_case(
        draft=draft_of(), need_ids=[need.pk], bodies=[region.town.pk], submission=uuid4(), **acting(region.coordinator)
    )


@situation("procurement.edited")
def _(region: Region) -> None:
    opening.edit_case(case=a_case(region), draft=draft_of(), revision=1, **acting(region.coordinator))


@situation("procurement.items_set")
def _(region: Region) -> None:
    items = [(None, ItemDraft("ウイルス対策", "台", ContractForm.SERVICE))]
    opening.set_items(case=a_case(region), items=items, revision=1, **acting(region.coordinator))


@situation("procurement.moved")
def _(region: Region) -> None:
    case = a_case(region, need_ids=[region.need().pk])
    moving.move_case(case=case, to=CaseState.SURVEY, reason="", **acting(region.coordinator))


@situation("procurement.days_set")
def _(region: Region) -> None:
    case = a_case(region, state=CaseState.SURVEY)
    moving.set_days(case=case, days={CaseState.SURVEY: case.starts_on}, **acting(region.coordinator))


@situation("procurement.bodies_added")
def _(region: Region) -> None:
    joining.add_bodies(
        case=a_case(region), bodies=[region.ward.pk], role=MemberRole.OBSERVER, **acting(region.coordinator)
    )


@situation("procurement.joined")
def _(region: Region) -> None:
    joining.join(case=a_case(region, bodies=[region.town]), **acting(region.villager))


@situation("procurement.roles_set")
def _(region: Region) -> None:
    case = a_case(region)
    roles = {member(case, region.village).pk: MemberRole.LEAD}
    joining.set_roles(case=case, roles=roles, **acting(region.coordinator))


@situation("procurement.left")
def _(region: Region) -> None:
    place = member(a_case(region), region.village)
    joining.leave(member=place, reason="予算が付きませんでした。", **acting(region.villager))


@situation("procurement.survey_asked")
def _(region: Region) -> None:
    surveying.ask_stage(case=a_case(region, state=CaseState.SURVEY), stage=2, **acting(region.coordinator))


@situation("procurement.questions_set")
def _(region: Region) -> None:
    draft = QuestionDraft("更新の稟議は何月ですか", "仕様を固める時期を決めるため", QuestionKind.TEXT, 1)
    case = a_case(region, state=CaseState.SURVEY)
    surveying.set_questions(case=case, questions=[(None, draft)], revision=case.revision, **acting(region.coordinator))


@situation("procurement.answered")
def _(region: Region) -> None:
    held = response(a_case(region, state=CaseState.SURVEY), region.village)
    sitting = Sitting(lines=all_no(held), is_final=True)
    surveying.answer(response=held, sitting=sitting, revision=1, **acting(region.villager))


def aligned(region: Region) -> tuple[JointProcurement, int]:
    case = a_case(region, state=CaseState.ALIGNMENT)
    return case, differing_topic(region, case)


@situation("procurement.topics_set")
def _(region: Region) -> None:
    topics = [(None, TopicDraft("端末", "画面サイズ", "11インチ以上"))]
    case = a_case(region, state=CaseState.ALIGNMENT)
    aligning.set_topics(case=case, topics=topics, revision=case.revision, **acting(region.coordinator))


@situation("procurement.required")
def _(region: Region) -> None:
    case = a_case(region, bodies=[region.town], state=CaseState.ALIGNMENT)
    differing_topic(region, case)


@situation("procurement.settlement_proposed")
def _(region: Region) -> None:
    proposed(region, *aligned(region))


@situation("procurement.settlements_answered")
def _(region: Region) -> None:
    case, topic = aligned(region)
    replies = {proposed(region, case, topic).pk: (Reply.AGREE, "")}
    aligning.reply(place=member(case, region.village), replies=replies, **acting(region.villager))


@situation("procurement.settlement_closed")
def _(region: Region) -> None:
    settlement = proposed(region, *aligned(region))
    aligning.close(settlement=settlement, reason="期限までに反対がなかったため。", **acting(region.coordinator))


@situation("procurement.lots_set")
def _(region: Region) -> None:
    case = a_case(region, state=CaseState.ALIGNMENT)
    places = {region.village.pk: 0, region.town.pk: 1}
    aligning.set_lots(
        case=case, names=["町村", "市"], places=places, revision=case.revision, **acting(region.coordinator)
    )


@situation("procurement.specification_published")
def _(region: Region) -> None:
    case = a_case(region, state=CaseState.ALIGNMENT)
    aligning.publish_version(case=case, note="情報提供依頼に付ける仕様。", **acting(region.coordinator))


def committing_case(region: Region, **changes: Any) -> CaseMember:
    """The village has written what it takes: 800 purchases that its council has to vote on."""
    forms = {"kind": "terminals", "method": "open_lowest"}
    case = a_case(region, state=CaseState.COMMITMENT, **forms)
    committed_draft(region, case, region.village, amount=30_000_000, **changes)
    return member(case, region.village)


@situation("procurement.commitment_written")
def _(region: Region) -> None:
    committing_case(region)


@situation("procurement.committed")
def _(region: Region) -> None:
    place = committing_case(region)
    committing.commit(place=place, knows_blocks=True, revision=1, **acting(region.of_role(Role.APPROVER)))


@situation("procurement.commitment_decided")
def _(region: Region) -> None:
    place = committing_case(region)
    decided.recorded(region, Commitment.objects.get().pk, kind="procurement.commitment")
    committing.commit_by_decision(place=place, **acting(region.villager))


def voted(region: Region) -> tuple[CaseMember, int]:
    place = committing_case(region)
    row = commitment_of(place.case_id, place.organisation_id)
    assert row is not None
    blocked = next(one for one in row.findings if one.unblocks)
    told = {"kind": blocked.unblocks[0], "finding": blocked.code, "number": "議案第12号", "on": row.planned_on}
    return place, committing.record_ground(place=place, **told, **acting(region.villager))


@situation("procurement.ground_recorded")
def _(region: Region) -> None:
    voted(region)


@situation("procurement.ground_withdrawn")
def _(region: Region) -> None:
    place, key = voted(region)
    assert RecordedGround.objects.filter(pk=key).exists()
    committing.withdraw_ground(place=place, ground_id=key, **acting(region.villager))


@situation("procurement.merging_asked")
def _(region: Region) -> None:
    case = a_case(region, state=CaseState.SURVEY)
    merging.ask(case=case, job=tasks.merge_lines, **acting(region.coordinator))


@situation("procurement.lines_proposed")
def _(region: Region) -> None:
    an_item_proposal(region, a_case(region, state=CaseState.SURVEY))


@situation("procurement.lines_joined")
def _(region: Region) -> None:
    case = a_case(region, state=CaseState.SURVEY)
    joined(region, case)


def joined(region: Region, case: JointProcurement) -> int:
    line = own_line(region, case)
    told = {"proposal_id": an_item_proposal(region, case, line), "name": "表計算ソフト", "unit": "台", "keys": [line]}
    merging.confirm(case=case, **told, **acting(region.coordinator))
    return line


@situation("procurement.lines_kept_apart")
def _(region: Region) -> None:
    case = a_case(region, state=CaseState.SURVEY)
    proposal = an_item_proposal(region, case, own_line(region, case))
    merging.deny(case=case, proposal_id=proposal, **acting(region.coordinator))


@situation("procurement.line_parted")
def _(region: Region) -> None:
    case = a_case(region, state=CaseState.SURVEY)
    merging.part(case=case, line_id=joined(region, case), **acting(region.coordinator))


@situation("procurement.contract_entered")
def _(region: Region) -> None:
    contracts.enter_contract(organisation=region.village, draft=contract_draft(), **acting(region.villager))


@situation("procurement.contract_edited")
def _(region: Region) -> None:
    held = a_contract(region, region.village)
    contracts.edit_contract(contract=held, draft=contract_draft(), revision=1, **acting(region.villager))


@situation("procurement.contract_withdrawn")
def _(region: Region) -> None:
    contracts.withdraw_contract(contract=a_contract(region, region.village), **acting(region.villager))


@situation("procurement.contract_noted")
def _(region: Region) -> None:
    draft, case = contract_draft(), a_case(region)
    contracts.note_contract(organisation=region.village, draft=draft, case_id=case.pk, **acting(region.coordinator))
