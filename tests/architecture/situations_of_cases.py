"""Situations of joint procurement."""

from __future__ import annotations

from uuid import uuid4

from kyodo.modules.procurement.actions import aligning, joining, moving, opening, surveying
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.models import JointProcurement
from kyodo.modules.procurement.rules.alignment import Reply, TopicDraft
from kyodo.modules.procurement.rules.case import CaseState, ContractForm, ItemDraft, MemberRole
from kyodo.modules.procurement.rules.survey import QuestionDraft, QuestionKind
from tests.architecture.situations import acting, situation
from tests.cases import a_case, all_no, differing_topic, draft_of, member, proposed, response
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
    surveying.set_questions(case=case, questions=[(None, draft)], **acting(region.coordinator))


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
    aligning.set_topics(case=a_case(region, state=CaseState.ALIGNMENT), topics=topics, **acting(region.coordinator))


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
    aligning.set_lots(case=case, names=["町村", "市"], places=places, **acting(region.coordinator))


@situation("procurement.specification_published")
def _(region: Region) -> None:
    case = a_case(region, state=CaseState.ALIGNMENT)
    aligning.publish_version(case=case, note="情報提供依頼に付ける仕様。", **acting(region.coordinator))
