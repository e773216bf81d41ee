"""Market and estimates for tests: a published request, companies with links, answers, estimates that are out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from kyodo.core import clock
from kyodo.core.access.actor import Actor, resident
from kyodo.modules.procurement.actions import estimating, market_answering, market_asking, moving, surveying
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.models import (
    JointProcurement,
    MarketLink,
    MarketQuestion,
    RequestForInformation,
    Supplier,
    SurveyResponse,
)
from kyodo.modules.procurement.queries.market import Guest, digest_of, guest_by
from kyodo.modules.procurement.queries.survey import lines_of
from kyodo.modules.procurement.rules.case import CaseAudience, CaseState
from kyodo.modules.procurement.rules.market import (
    AnswerDraft,
    FigureDraft,
    RfiDraft,
    SupplierDraft,
    check_digit,
)
from kyodo.modules.procurement.rules.survey import LineDraft
from tests.cases import a_case
from tests.region import Region, numbers


def corporate_number(number: int | None = None) -> str:
    """A 法人番号 whose check digit is right; another one each time."""
    twelve = f"{9_900_000_000 + (next(numbers) if number is None else number):012d}"
    return f"{check_digit(twelve)}{twelve}"


def request_of(**changes: Any) -> RfiDraft:
    """A request that is in order."""
    told: dict[str, Any] = {
        "title": "ライセンスの価格の目安についての情報提供依頼",
        "text": "区市町村がいっしょに調達を考えています。価格の目安と前提を教えてください。",
        "wanted": "カタログ",
        "contact": "DX推進団体 調達担当",
        "closes_on": clock.today() + timedelta(days=20),
        "questions": ("納期はどれくらいですか",),
        **changes,
    }
    return RfiDraft(**told)


def surveyed(region: Region, case: JointProcurement, **said: dict[str, Any]) -> None:
    """Every body says how many it wants of the first item (100), and nothing of the others, as `said` by its code."""
    for held in SurveyResponse.objects.filter(survey_id=case.pk).select_related("survey__case", "organisation"):
        lines = lines_of(held.pk)
        first = {"relevance": "yes", "quantity_said": "100", **said.get(f"b{held.organisation.code}", {})}
        told = {line.id: LineDraft(relevance="no") for line in lines[1:]}
        sitting = Sitting(lines={**told, lines[0].id: LineDraft(**first)})
        surveying.answer(
            response=held, sitting=sitting, revision=held.revision, by=region.villager.actor, at=clock.now()
        )


def in_market(region: Region, **changes: Any) -> JointProcurement:
    """A case that was surveyed and asks the market."""
    case = a_case(region, state=CaseState.SURVEY, **changes)
    surveyed(region, case)
    moving.move_case(
        case=case, to=CaseState.MARKET, reason="仕様は決まっています。", by=region.coordinator.actor, at=clock.now()
    )
    return JointProcurement.objects.get(pk=case.pk)


def published(region: Region, case: JointProcurement | None = None, **changes: Any) -> RequestForInformation:
    """A request that takes answers."""
    case = case or in_market(region)
    by: dict[str, Any] = {"by": region.coordinator.actor, "at": clock.now()}
    key = market_asking.write_request(case=case, draft=request_of(**changes), revision=None, **by)
    rfi = RequestForInformation.objects.select_related("case").get(pk=key)
    market_asking.publish_request(rfi=rfi, **by)
    return RequestForInformation.objects.select_related("case").get(pk=key)


def guest(rfi: RequestForInformation, name: str = "甲社", **changes: Any) -> Guest:
    """Somebody who comes by a link; each time another company, unless `supplier` says which."""
    return guest_by(link(rfi, name, **changes))  # type: ignore[return-value]


def link(rfi: RequestForInformation, name: str = "甲社", *, supplier: Supplier | None = None) -> str:
    """The secret of a new link."""
    key = f"link{next(numbers)}"
    company = supplier or Supplier.objects.create(
        name=name,
        corporate_number=corporate_number(),
        address=f"{key}@example.jp",
        added_at=clock.now(),
        confirmed_at=clock.now(),
    )
    MarketLink.objects.create(
        rfi=rfi, supplier=company, digest=digest_of(key), address=company.address, made_at=clock.now()
    )
    return key


def company(one: Guest) -> Actor:
    """A company as whoever acts."""
    return market_answering.company(one.supplier, resident())


def figures(one: Guest, **told: Any) -> AnswerDraft:
    """An answer about the first item."""
    said = {"initial_likely": 10_000, "yearly_likely": 1_200, **told}
    return AnswerDraft(figures={one.request.items[0].id: FigureDraft(**said)}, replies={})


def answered(
    rfi: RequestForInformation, name: str = "甲社", *, is_name_confidential: bool = False, **told: Any
) -> Guest:
    """A company that answered."""
    key = link(rfi, name)
    one = guest_by(key)
    assert one is not None
    draft = replace(figures(one, **told), is_name_confidential=is_name_confidential)
    market_answering.save_answer(guest=one, draft=draft, revision=0, by=company(one), at=clock.now())
    return guest_by(key)  # type: ignore[return-value]


def handed_out(region: Region, case: JointProcurement) -> list[int]:
    """Estimates that are out."""
    return estimating.hand_out(case=case, classes={}, by=region.coordinator.actor, at=clock.now())


OF_A_REQUEST = {"procurement:public_request", "procurement:register", "api:get_open_request"}
OF_A_LINK = {"procurement:company", "procurement:company_ask", "procurement:company_reply"}
OF_A_COMPANY = {"procurement:market_answer", "procurement:market_ask"}
OF_ESTIMATES = {
    "procurement:estimate",
    "procurement:estimate_paper",
    "procurement:estimate_document",
    "procurement:budget_enter",
}
DOORS = {
    *OF_A_REQUEST,
    *OF_A_LINK,
    *OF_A_COMPANY,
    *OF_ESTIMATES,
    "procurement:market",
    "procurement:market_write",
    "procurement:market_publish",
    "procurement:market_invite",
    "procurement:market_question",
    "procurement:estimates",
    "procurement:hand_out",
    "procurement:estimate_confirm",
    "procurement:budget",
    "api:get_market",
    "api:list_estimates",
    "api:confirm_estimate",
    "api:record_budget",
}


def arguments(region: Region, door: str, kind: str) -> dict[str, Any]:
    """What the address of a door about the market needs.

    *joined*, *shared*, *hidden* as of cases; *published*: a request that all may read; *draft*: one that nobody may;
    *sent*: a link that leads somewhere; *void*: one that does not any more.
    """
    if kind == "draft":
        by: dict[str, Any] = {"by": region.coordinator.actor, "at": clock.now()}
        case = in_market(region)
        return {"rfi_id": market_asking.write_request(case=case, draft=request_of(), revision=None, **by)}
    scene = kind if kind in {"shared", "hidden"} else "joined"
    if scene not in region.kept:
        region.kept[scene] = _scene(region, scene)
    case, rfi, one = region.kept[scene]
    if door in OF_A_REQUEST:
        return {"rfi_id": rfi.pk}
    if door in OF_A_LINK:
        return _of_a_link(rfi, door, kind)
    told: dict[str, Any] = {"case_id": case.pk}
    if door in OF_A_COMPANY:
        told["supplier_id"] = one.supplier.pk
    if door in OF_ESTIMATES:
        told["organisation_id"] = (region.village if kind == "joined" else region.town).pk
    if door == "procurement:market_question":
        told["question_id"] = _question(rfi, one, is_ours=False).pk
    return told


def _scene(region: Region, kind: str) -> tuple[JointProcurement, RequestForInformation, Guest]:
    """A case with a published request, a company that answered, and estimates that are out."""
    bodies = [region.village, region.town] if kind == "joined" else [region.town]
    audience = {"audience": CaseAudience.MEMBERS} if kind == "hidden" else {}
    case = in_market(region, bodies=bodies, **audience)
    rfi = published(region, case)
    one = answered(rfi)
    handed_out(region, case)
    return case, rfi, one


def _of_a_link(rfi: RequestForInformation, door: str, kind: str) -> dict[str, Any]:
    key = link(rfi)
    found = guest_by(key)
    assert found is not None
    if kind == "void":
        MarketLink.objects.filter(digest=digest_of(key)).update(ended_at=clock.now())
    if door == "procurement:company_reply":
        return {"key": key, "question_id": _question(rfi, found, is_ours=True).pk}
    return {"key": key}


def _question(rfi: RequestForInformation, one: Guest, *, is_ours: bool) -> MarketQuestion:
    return MarketQuestion.objects.create(
        rfi=rfi,
        supplier=one.supplier,
        is_ours=is_ours,
        text="納期を教えてください。",
        asked_at=clock.now(),
        asked_by="甲社",
    )


def invited(region: Region, rfi: RequestForInformation, address: str, number: str | None = None) -> int:
    """A company that coordinators invited."""
    draft = SupplierDraft("乙社", number or corporate_number(), address)
    return market_asking.invite(rfi=rfi, draft=draft, by=region.coordinator.actor, at=clock.now())
