"""What joint procurement gives to the whole: menu, panels, search, words for the record, the end of a need's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.doors import acting
from kyodo.core.crawlers.pages import register as register_pages
from kyodo.core.decisions import matters as decisions
from kyodo.core.decisions.events import MatterDecided
from kyodo.core.desk import items as desk
from kyodo.core.events.subscriptions import subscribe
from kyodo.core.files import owners
from kyodo.core.home.panels import Panel, Place
from kyodo.core.home.panels import register as register_panel
from kyodo.core.ledger.words import register_fields, register_kind
from kyodo.core.notifications import hearing
from kyodo.core.proxy import corrections
from kyodo.core.proxy.corrections import Correction
from kyodo.core.search.registry import SearchSource
from kyodo.core.search.registry import register as register_source
from kyodo.core.switches import modules
from kyodo.core.switches.modules import Module
from kyodo.core.threads import subjects as threads
from kyodo.core.ui.menu import MenuEntry
from kyodo.core.ui.menu import register as register_entry
from kyodo.engines.words import _
from kyodo.modules.needs import facade as needs
from kyodo.modules.procurement import disposal, estate, hands, matters, search
from kyodo.modules.procurement.actions import committing
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import cases, commitment, contracts, market, people, thread
from kyodo.modules.procurement.rules.alignment import REQUIREMENTS_KIND, TOPIC_KIND
from kyodo.modules.procurement.rules.case import KIND, STATE_WORDS, address_of
from kyodo.modules.procurement.rules.commitment import COMMITMENT_KIND
from kyodo.modules.procurement.rules.contracts import CONTRACT_KIND
from kyodo.modules.procurement.rules.estimate import BUDGET_KIND
from kyodo.modules.procurement.rules.market import DOCUMENT_KIND
from kyodo.modules.procurement.rules.survey import RESPONSE_KIND
from kyodo.modules.procurement.story.desk import waiting_items

FIELD_WORDS = {
    "kind": _("種類"),
    "method": _("選び方"),
    "way": _("契約のしかた"),
    "starts_on": _("利用開始の希望"),
    "months": _("期間（月）"),
    "needs": _("相談"),
    "bodies": _("団体"),
    "items": _("品目"),
    "role": _("役割"),
    "left_in": _("離れた段階"),
    "item": _("品目"),
    "ends_on": _("契約が終わる日"),
    "begins_on": _("契約が始まった日"),
    "supplier": _("事業者"),
    "yearly_yen": _("1年の金額（税込、円）"),
    "unit_price_yen": _("単価（税込、円）"),
    "renews_alone": _("単独で更新"),
    "closes_on": _("締切日"),
    "withdrawn": _("取り下げ"),
    "company": _("企業"),
    "receipt": _("受付の控え"),
    "is_public": _("全企業に公開"),
    "version": _("版"),
    "budget": _("予算"),
    "yen": _("予算額"),
}
CORRECTIONS = {
    RESPONSE_KIND: Correction(_("意向調査の回答"), _("自分で回答を書き直す"), "../answer/"),
    REQUIREMENTS_KIND: Correction(_("要求仕様"), _("自分で要求仕様を書き直す"), "require/"),
    COMMITMENT_KIND: Correction(_("参加の内容"), _("自分で参加の内容を書き直す"), "../write/"),
    BUDGET_KIND: Correction(_("予算の結果"), _("自分で予算の結果を記録し直す"), "../budget/"),
}


def register() -> None:
    """Hand everything over."""
    purpose = _("意向調査から参加確定まで、団体の仕様と予算をそろえて、いっしょに調達する。")
    modules.register(Module("procurement", _("共同調達"), purpose, is_on_at_first=True))
    register_entry(
        MenuEntry(
            label=gettext_lazy("共同調達"),
            url_name="procurement:list",
            order=20,
            shown_to=lambda request: acting(request).may(Permission.READ),
        )
    )
    register_entry(
        MenuEntry(
            label=gettext_lazy("情報提供依頼"),
            url_name="procurement:public",
            order=21,
            shown_to=lambda request: not acting(request).may(Permission.READ),
        )
    )
    register_source(SearchSource(KIND, gettext_lazy("共同調達"), search.documents, search.keys, search.address))
    register_kind(KIND, _("共同調達"), address_of)
    register_kind(CONTRACT_KIND, _("契約"), contract_address)
    register_fields(FIELD_WORDS)
    threads.register(KIND, thread.thread_subject)
    hearing.register(KIND, people.heard_by)
    threads.register(TOPIC_KIND, thread.topic_subject)
    hearing.register(TOPIC_KIND, thread.topics_heard_by)
    needs.register_continuation(
        needs.Continuation(
            kind=needs.RouteKind.PROCUREMENT,
            module="procurement",
            label=_("共同調達にする"),
            address="/procurement/new/",
            permission=Permission.RUN,
            standing=standing,
        )
    )
    owners.register(DOCUMENT_KIND, market.may_read_document)
    register_pages(market.public_pages)
    desk.register(waiting_items)
    decisions.register(COMMITMENT_KIND, matters.of_commitment)
    hearing.register(COMMITMENT_KIND, commitment.heard_by)
    for kind, correction in CORRECTIONS.items():
        corrections.register(kind, correction)
    subscribe(MatterDecided, committing.on_decision)
    estate.register()
    disposal.register()
    hands.register()
    register_panel(Panel(Place.DESK, 30, "procurement/panels/cases.html", open_cases))
    register_panel(Panel(Place.DESK, 31, "procurement/panels/renewals.html", renewals))


def standing(routes: Sequence[int], actor: Actor) -> dict[int, str]:
    """Where the cases of these routes stand, for the pages of needs."""
    return {
        route: gettext("共同調達「{state}」の段階・{count}団体").format(
            state=gettext(STATE_WORDS[row.state]), count=row.body_count
        )
        for route, row in cases.of_routes(routes, actor=actor).items()
    }


def open_cases(request: HttpRequest) -> Mapping[str, Any] | None:
    """Cases that go on: for a body those it is in, for coordinators those they see to."""
    actor = acting(request)
    if not actor.may(Permission.READ):
        return None
    rows = cases.going_on(actor)
    return {"rows": rows, "may_run": actor.may(Permission.RUN)} if rows else None


def renewals(request: HttpRequest) -> Mapping[str, Any] | None:
    """The own body's contracts that end within a year and are in no case, until it says that it renews alone."""
    rows = contracts.to_renew(acting(request), today=clock.today())
    return {"rows": rows} if rows else None


def contract_address(contract_id: int) -> str:
    """Where a contract is kept."""
    return f"/procurement/contracts/{contract_id}/"
