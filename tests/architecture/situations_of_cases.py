"""Situations of joint procurement."""

from __future__ import annotations

from uuid import uuid4

from kyodo.modules.procurement.actions import joining, moving, opening
from kyodo.modules.procurement.rules.case import CaseState, ContractForm, ItemDraft, MemberRole
from tests.architecture.situations import acting, situation
from tests.cases import a_case, draft_of, member
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
