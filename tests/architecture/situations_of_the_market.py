"""Situations of market and estimates."""

from __future__ import annotations

from kyodo.core import clock
from kyodo.core.access.actor import resident
from kyodo.modules.procurement.actions import estimating, market_answering, market_asking
from kyodo.modules.procurement.models import Estimate, MarketQuestion, RequestForInformation
from kyodo.modules.procurement.rules.estimate import BudgetDraft
from kyodo.modules.procurement.rules.market import SupplierDraft
from kyodo.modules.procurement.rules.survey import BudgetState
from tests import market
from tests.architecture.situations import acting, situation
from tests.cases import member
from tests.region import Region


@situation("procurement.rfi_written")
def _(region: Region) -> None:
    draft = market.request_of()
    market_asking.write_request(case=market.in_market(region), draft=draft, revision=None, **acting(region.coordinator))


@situation("procurement.rfi_published")
def _(region: Region) -> None:
    by, case = acting(region.coordinator), market.in_market(region)
    key = market_asking.write_request(case=case, draft=market.request_of(), revision=None, **by)
    market_asking.publish_request(rfi=RequestForInformation.objects.get(pk=key), **by)


@situation("procurement.rfi_withdrawn")
def _(region: Region) -> None:
    market_asking.withdraw_request(rfi=market.published(region), **acting(region.coordinator))


@situation("procurement.supplier_invited")
def _(region: Region) -> None:
    market.invited(region, market.published(region), "sales@example.jp")


@situation("procurement.supplier_registered")
def _(region: Region) -> None:
    draft = SupplierDraft("甲社", market.corporate_number(), "sales@example.jp")
    market_answering.register(rfi=market.published(region), draft=draft, by=resident(), at=clock.now())


@situation("procurement.market_answered")
def _(region: Region) -> None:
    one = market.guest(market.published(region))
    draft = market.figures(one)
    market_answering.save_answer(guest=one, draft=draft, revision=0, by=market.company(one), at=clock.now())


@situation("procurement.market_question_asked")
def _(region: Region) -> None:
    one = market.guest(market.published(region))
    market_answering.ask(guest=one, text="納期の希望はありますか。", by=market.company(one), at=clock.now())


@situation("procurement.market_question_answered")
def _(region: Region) -> None:
    one = market.guest(market.published(region))
    key = market_answering.ask(guest=one, text="納期の希望はありますか。", by=market.company(one), at=clock.now())
    market_asking.answer_question(
        question=MarketQuestion.objects.select_related("rfi__case", "supplier").get(pk=key),
        answer="ありません。",
        is_public=True,
        public_text="納期の希望はありますか。",
        **acting(region.coordinator),
    )


@situation("procurement.market_asked_back")
def _(region: Region) -> None:
    rfi = market.published(region)
    supplier = market.guest(rfi).supplier
    market_asking.ask_back(rfi=rfi, supplier=supplier, text="保守は含みますか。", **acting(region.coordinator))


@situation("procurement.market_replied")
def _(region: Region) -> None:
    rfi = market.published(region)
    one = market.guest(rfi)
    key = market_asking.ask_back(
        rfi=rfi, supplier=one.supplier, text="保守は含みますか。", **acting(region.coordinator)
    )
    market_answering.reply(guest=one, question_id=key, text="含みます。", by=market.company(one), at=clock.now())


@situation("procurement.estimates_handed_out")
def _(region: Region) -> None:
    rfi = market.published(region)
    market.answered(rfi)
    estimating.hand_out(case=rfi.case, classes={}, **acting(region.coordinator))


@situation("procurement.estimate_confirmed")
def _(region: Region) -> None:
    case = market.in_market(region)
    market.handed_out(region, case)
    held = Estimate.objects.select_related("case").get(case=case, organisation=region.village)
    estimating.confirm(estimate=held, **acting(region.villager))


@situation("procurement.budget_recorded")
def _(region: Region) -> None:
    draft = BudgetDraft(BudgetState.INITIAL, 1_000_000, clock.today())
    place = member(market.in_market(region), region.village)
    estimating.record_budget(member=place, draft=draft, revision=None, **acting(region.villager))
