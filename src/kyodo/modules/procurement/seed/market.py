"""What companies were asked and answered in a case of the demonstration, and what became of it in the budgets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial
from typing import Any

from kyodo.core import clock
from kyodo.core.access.actor import Actor, resident
from kyodo.core.demo import Act
from kyodo.core.mail.models import OutgoingMail
from kyodo.core.mail.rules import WAITING, Purpose, State
from kyodo.modules.procurement.actions import estimating, market_answering, market_asking
from kyodo.modules.procurement.models import Estimate, MarketLink, MarketQuestion, RequestForInformation
from kyodo.modules.procurement.queries import estimates
from kyodo.modules.procurement.queries.market import Guest, guest_of
from kyodo.modules.procurement.rules.estimate import BudgetClass, BudgetDraft
from kyodo.modules.procurement.rules.market import (
    AnswerDraft,
    FigureDraft,
    ReplyDraft,
    RfiDraft,
    SupplierDraft,
)
from kyodo.modules.procurement.rules.survey import BudgetState
from kyodo.modules.procurement.seed.case import CaseOfDemo

THOUSAND = 1000


def market_acts(case: CaseOfDemo) -> Iterator[Act]:
    """The request, the companies, their questions, the estimates, what bodies got."""
    told = case.told.get("market")
    if told:
        at = case.moment(told["after"], time(10, 5))
        yield Act(at, partial(_publish, case, told, at=at))
        for number, company in enumerate(told["companies"]):
            invited = case.moment(told["after"], time(11, number))
            yield Act(invited, partial(_invite, case, company, at=invited))
            at = case.moment(company["after"], time(14, 10 + number))
            yield Act(at, partial(_answer, case, company, at=at))
        for number, question in enumerate(told.get("asked", [])):
            at = case.moment(question["after"], time(13, 30 + number))
            yield Act(at, partial(_question, case, question, at=at))
    if "estimates" in case.told:
        yield from _estimate_acts(case, case.told["estimates"])


def _estimate_acts(case: CaseOfDemo, told: dict[str, Any]) -> Iterator[Act]:
    at = case.moment(told["after"], time(9, 50))
    yield Act(at, partial(_hand_out, case, told.get("classes", {}), at=at))
    for number, code in enumerate(told.get("confirmed", [])):
        at = case.moment(told["after"] + 2 + number % 7, time(11, number % 60))
        yield Act(at, partial(_confirm, case, code, at=at))
    for number, (code, percent) in enumerate(told.get("got", {}).items()):
        at = case.moment(told["got_after"] + number % 12, time(15, number % 60))
        kind = BudgetState.SUPPLEMENT if code in told.get("supplementary", []) else BudgetState.INITIAL
        yield Act(at, partial(_record, case, code, percent, kind, at=at))


def _rfi(case: CaseOfDemo) -> RequestForInformation:
    return RequestForInformation.objects.select_related("case").get(case=case.row())


def _publish(case: CaseOfDemo, told: dict[str, Any], *, at: datetime) -> None:
    by = case.coordinator()
    draft = RfiDraft(
        title=told["title"],
        text=told["text"].strip(),
        wanted=told.get("wanted", ""),
        contact="DX推進団体 共同調達担当",
        closes_on=case.on(told["closes"]),
        questions=tuple(told.get("questions", ())),
    )
    market_asking.write_request(case=case.row(), draft=draft, revision=None, by=by, at=at)
    market_asking.publish_request(rfi=_rfi(case), by=by, at=at)


def _invite(case: CaseOfDemo, told: dict[str, Any], *, at: datetime) -> None:
    draft = SupplierDraft(told["name"], told["number"], told["address"])
    market_asking.invite(rfi=_rfi(case), draft=draft, by=case.coordinator(), at=at)
    _keep_mails_in()


def _keep_mails_in() -> None:
    """No mail of the demonstration leaves: its companies are invented, and so are their addresses."""
    mails = OutgoingMail.objects.filter(purpose=Purpose.LINK, state__in=WAITING)
    mails.update(state=State.CANCELLED, text="")


def _guest(case: CaseOfDemo, name: str) -> Guest:
    link = MarketLink.objects.select_related("supplier", "rfi__case").filter(rfi__case=case.row(), supplier__name=name)
    found = link.first()
    assert found is not None, f"{name} is not among the companies"
    return guest_of(found)


def _company(guest: Guest) -> Actor:
    return market_answering.company(guest.supplier, resident())


def _answer(case: CaseOfDemo, told: dict[str, Any], *, at: datetime) -> None:
    guest = _guest(case, told["name"])
    items = {item.name: item.id for item in guest.request.items}
    draft = AnswerDraft(
        figures={items[one["item"]]: _figure(one) for one in told["figures"]},
        replies={
            question.id: ReplyDraft(text)
            for question, text in zip(guest.request.questions, told.get("replies", []), strict=False)
        },
        contact=told.get("contact", ""),
        note=told.get("note", ""),
        is_name_confidential=told.get("hide_name", False),
    )
    market_answering.save_answer(guest=guest, draft=draft, revision=0, by=_company(guest), at=at)


def _figure(told: dict[str, Any]) -> FigureDraft:
    """`initial` and `yearly`: one figure, or low, likely and high."""
    said: dict[str, int] = {}
    for side in ("initial", "yearly"):
        match told.get(side):
            case [int(low), int(likely), int(high)]:
                said |= {f"{side}_low": low, f"{side}_likely": likely, f"{side}_high": high}
            case int(likely):
                said[f"{side}_likely"] = likely
    return FigureDraft(**said, note=told.get("note", ""), is_confidential=told.get("hide", False))


def _question(case: CaseOfDemo, told: dict[str, Any], *, at: datetime) -> None:
    guest = _guest(case, told["company"])
    key = market_answering.ask(guest=guest, text=told["text"], by=_company(guest), at=at)
    if "answer" in told:
        market_asking.answer_question(
            question=MarketQuestion.objects.select_related("rfi__case", "supplier").get(pk=key),
            answer=told["answer"],
            is_public=told.get("to_all", True),
            public_text=told.get("public", told["text"]),
            by=case.coordinator(),
            at=at,
        )
        _keep_mails_in()


def _hand_out(case: CaseOfDemo, classes: dict[str, str], *, at: datetime) -> None:
    chosen = {case.item(name): BudgetClass(word) for name, word in classes.items()}
    estimating.hand_out(case=case.row(), classes=chosen, by=case.coordinator(), at=at)


def _confirm(case: CaseOfDemo, code: str, *, at: datetime) -> None:
    held = Estimate.objects.select_related("case").get(case=case.row(), organisation__code=code, number=1)
    estimating.confirm(estimate=held, by=case.people.anybody(code), at=at)


def _record(case: CaseOfDemo, code: str, percent: int, kind: BudgetState, *, at: datetime) -> None:
    """So many percent of the likely estimate, in whole thousands as budgets are."""
    place, by = case.place(code), case.people.anybody(code)
    row = estimates.versions(by, place.case_id, place.organisation_id)[0]
    yen = row.total.first_year.likely * percent // 100 // THOUSAND * THOUSAND
    draft = BudgetDraft(kind, yen, clock.day_of(at), "" if percent >= 100 else "予備機の分を減らして付いた。")
    estimating.record_budget(member=place, draft=draft, revision=None, by=by, at=at)
