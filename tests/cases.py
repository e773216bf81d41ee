"""Joint procurements for tests: a case as a door, a situation or a use case needs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from kyodo.core import clock
from kyodo.modules.needs.actions import merge_needs
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience
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
from kyodo.modules.procurement.actions.surveying import OwnLine, Sitting
from kyodo.modules.procurement.models import (
    CaseMember,
    CurrentContract,
    ItemProposal,
    JointProcurement,
    Settlement,
    SurveyResponse,
)
from kyodo.modules.procurement.queries.alignment import own_requirements, topics_of
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.queries.survey import lines_of
from kyodo.modules.procurement.rules.alignment import RequirementLevel, SettlementDraft, SettlementKind
from kyodo.modules.procurement.rules.case import PATH, CaseAudience, CaseDraft, CaseState, MemberRole
from kyodo.modules.procurement.rules.commitment import CommitmentDraft
from kyodo.modules.procurement.rules.contracts import ContractDraft
from kyodo.modules.procurement.rules.law import Budget
from kyodo.modules.procurement.rules.merging import Proposal
from kyodo.modules.procurement.rules.survey import LineDraft
from tests.region import Person, Region, numbers


def draft_of(**changes: Any) -> CaseDraft:
    """A case that is in order."""
    told: dict[str, Any] = {
        "title": f"オフィスソフトのライセンスの共同調達 その{next(numbers)}",
        "purpose": "更新の時期と版がそろわず、団体ごとに高く買っています。",
        "kind": "licences",
        "audience": CaseAudience.ALL,
        "method": "open_lowest",
        "way": "one_selection",
        "starts_on": clock.today() + timedelta(days=400),
        "months": 12,
        **changes,
    }
    return CaseDraft(**told)


def a_case(
    region: Region,
    *,
    bodies: Sequence[Any] | None = None,
    state: CaseState = CaseState.CANDIDATE,
    need_ids: Sequence[int] = (),
    due_on: date | None = None,
    **changes: Any,
) -> JointProcurement:
    """A case of the village and the town (or `bodies`), in a step that it reached through the actions."""
    by, at = region.coordinator.actor, clock.now()
    key = opening.open_case(
        draft=draft_of(**changes),
        need_ids=need_ids,
        bodies=[body.pk for body in ((region.village, region.town) if bodies is None else bodies)],
        submission=uuid4(),
        by=by,
        at=at,
    )
    case = JointProcurement.objects.get(pk=key)
    if due_on is not None:
        moving.set_days(case=case, days={state: due_on}, by=by, at=at)
    for step in PATH[1 : PATH.index(state) + 1] if state in PATH else (CaseState.STOPPED,):
        moving.move_case(case=case, to=step, reason="次の段階に進みます。", by=by, at=at)
    return JointProcurement.objects.get(pk=key)


def unnamed_need(region: Region, *, backed_by: tuple[Person, ...] = (), merged_into: int | None = None) -> int:
    """A need of the village that all bodies see without its name; its number."""
    need = region.need(audience=Audience.ANONYMOUS, backed_by=backed_by)
    if merged_into is not None:
        target = Need.objects.get(pk=merged_into)
        merge_needs(target=target, sources=[need], reason="", by=region.coordinator.actor, at=clock.now())
    return need.pk


def case_for(region: Region, kind: str, *, state: CaseState = CaseState.SURVEY) -> JointProcurement:
    """*joined*: the village is in it; *shared*: it is not, and all see it; *hidden*: only the town sees it."""
    match kind:
        case "joined":
            return a_case(region, state=state)
        case "shared":
            return a_case(region, bodies=(region.town,), state=state)
        case "hidden":
            return a_case(region, bodies=(region.town,), state=state, audience=CaseAudience.MEMBERS)
    raise AssertionError(kind)


def member(case: JointProcurement, body: Any) -> CaseMember:
    """A body's place in a case."""
    return CaseMember.objects.select_related("case", "organisation").get(case=case, organisation=body)


def response(case: JointProcurement, body: Any) -> SurveyResponse:
    """What a body is asked."""
    return SurveyResponse.objects.select_related("survey__case", "organisation").get(
        survey_id=case.pk, organisation=body
    )


def all_no(held: SurveyResponse) -> dict[int, LineDraft]:
    """Nothing of it has to do with the body."""
    return {line.id: LineDraft(relevance="no") for line in lines_of(held.pk)}


def differing_topic(region: Region, case: JointProcurement) -> int:
    """A requirement of the case's template that the bodies in it say differently; its number."""
    topic = topics_of(case.pk)[0].id
    for number, (body, person) in enumerate(((region.village, region.villager), (region.town, region.townsman))):
        if CaseMember.objects.filter(case=case, organisation=body).exists():
            row = next(one for one in own_requirements(case.pk, body.pk) if one.topic_id == topic)
            said = {row.id: (f"{10 + number}インチ以上", RequirementLevel.MUST)}
            aligning.require(place=member(case, body), said=said, revisions={}, by=person.actor, at=clock.now())
    return topic


def proposed(region: Region, case: JointProcurement, topic: int, text: str = "11インチ以上") -> Settlement:
    """A proposal about it."""
    draft = SettlementDraft(SettlementKind.UNIFY, text, "大きい画面で困る団体がないため。", {})
    key = aligning.propose(case=case, topic_id=topic, draft=draft, by=region.coordinator.actor, at=clock.now())
    return Settlement.objects.select_related("topic__case").get(pk=key)


def commitment_draft(case: JointProcurement, *, amount: int = 3_000_000, **changes: Any) -> CommitmentDraft:
    """Ten of the first item, from the initial budget."""
    lines = {item.id: (10 if number == 0 else 0, item.form) for number, item in enumerate(items_of(case.pk))}
    told: dict[str, Any] = {
        "lines": lines,
        "amount_yen": amount,
        "yearly_yen": None,
        "planned_on": clock.today() + timedelta(days=300),
        "budget": Budget.INITIAL,
        "budget_year": 2027,
        **changes,
    }
    return CommitmentDraft(**told)


def committed_draft(region: Region, case: JointProcurement, body: Any, **changes: Any) -> int:
    """A body's commitment, written but not binding; its number."""
    person = region.villager if body == region.village else region.townsman
    draft = commitment_draft(case, **changes)
    place = member(case, body)
    return committing.write_commitment(place=place, draft=draft, revision=0, by=person.actor, at=clock.now())


def own_line(region: Region, case: JointProcurement, text: str = "表計算ソフト", unit: str = "台") -> int:
    """Something that the village wants bought and that was not asked about; its number."""
    held = response(case, region.village)
    own = [OwnLine(text, LineDraft(relevance="yes", quantity_said="12", unit=unit))]
    by, at = region.villager.actor, clock.now()
    surveying.answer(response=held, sitting=Sitting(lines={}, own=own), revision=held.revision, by=by, at=at)
    return held.lines.latest("pk").pk


def an_item_proposal(region: Region, case: JointProcurement, *lines: int) -> int:
    """A proposal that lines are one new item; its number."""
    found = [Proposal(lines, (), "表計算ソフト", 0.8, (), ())]
    merging.keep(case=case, found=found, by=region.coordinator.actor, at=clock.now())
    return ItemProposal.objects.get(survey_id=case.pk).pk


def add(region: Region, case: JointProcurement, body: Any, role: MemberRole = MemberRole.MEMBER) -> None:
    """One body more."""
    joining.add_bodies(case=case, bodies=[body.pk], role=role, by=region.coordinator.actor, at=clock.now())


def contract_draft(**changes: Any) -> ContractDraft:
    """A contract that is in order and ends in half a year."""
    told: dict[str, Any] = {
        "kind": "licences",
        "item": f"グループウェア その{next(numbers)}",
        "ends_on": clock.today() + timedelta(days=180),
        "supplier": "株式会社多摩システム",
        "yearly_yen": 1_200_000,
        **changes,
    }
    return ContractDraft(**told)


def a_contract(region: Region, body: Any, **changes: Any) -> CurrentContract:
    """A contract of a body, entered by a coordinator."""
    draft, by = contract_draft(**changes), region.coordinator.actor
    key = contracts.enter_contract(organisation=body, draft=draft, by=by, at=clock.now())
    return CurrentContract.objects.select_related("organisation").get(pk=key)


OF_A_BODY = {"procurement:response", "procurement:enter", "procurement:enter_required", "procurement:commitment"}
OF_A_BODY |= {"procurement:enter_commitment"}
COMMITTED = {"commitments", "commit", "commitment", "bind", "ground", "enter_commitment"}
OF_A_TOPIC = {"procurement:topic", "procurement:settle", "procurement:close"}
PARTS = {"api:get_topics", "api:put_requirements", "api:put_replies", "api:get_versions"}
COMMITTED |= {"api:get_commitments", "api:put_commitment", "api:bind_commitment", "api:record_ground"}
ALIGNED = {"alignment", "versions", "topics", "lots", "publish", "require", "reply", "topic", "settle", "close"}


def arguments(region: Region, door: str, kind: str) -> dict[str, Any]:
    """What the address of a door about a case needs; *joined* is the village's place, the others the town's."""
    name = door.removeprefix("procurement:")
    if name in {"contract", "contract_withdraw", "api:rewrite_contract"}:
        return {"contract_id": a_contract(region, region.village if kind == "own" else region.town).pk}
    state = CaseState.ALIGNMENT if name in {*ALIGNED, *PARTS, "enter_required"} else CaseState.SURVEY
    state = CaseState.COMMITMENT if name in COMMITTED else state
    case = case_for(region, kind, state=state)
    if name in {"commitment", "bind", "ground", "api:bind_commitment", "api:record_ground"}:
        committed_draft(region, case, region.village if kind == "joined" else region.town)
    if door in OF_A_TOPIC:
        topic = differing_topic(region, case)
        if name == "close":
            proposed(region, case, topic)
        return {"case_id": case.pk, "topic_id": topic}
    if name in {"merge_decide", "merge_part"}:
        line = own_line(region, case)
        told = {"proposal_id": an_item_proposal(region, case, line)} if name == "merge_decide" else {"line_id": line}
        return {"case_id": case.pk, **told}
    body = region.village if kind == "joined" else region.town
    return {"case_id": case.pk, "organisation_id": body.pk} if door in OF_A_BODY else {"case_id": case.pk}
