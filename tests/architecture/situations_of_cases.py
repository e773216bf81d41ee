"""Situations of joint procurement."""

from __future__ import annotations

from uuid import uuid4

from kyodo.modules.procurement.actions import joining, moving, opening, surveying
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.rules.case import CaseState, ContractForm, ItemDraft, MemberRole
from kyodo.modules.procurement.rules.survey import QuestionDraft, QuestionKind
from tests.architecture.situations import acting, situation
from tests.cases import a_case, all_no, draft_of, member, response
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
