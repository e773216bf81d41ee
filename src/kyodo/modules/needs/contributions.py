"""What the needs module gives to the whole: its place in the menu, its panels on the first page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.doors import acting
from kyodo.core.crawlers.pages import register as register_pages
from kyodo.core.decisions import matters as decisions
from kyodo.core.desk import items as desk
from kyodo.core.desk.items import DeskItem
from kyodo.core.first_day import steps as first_day
from kyodo.core.first_day.steps import Goal
from kyodo.core.home.panels import Panel, Place
from kyodo.core.home.panels import register as register_panel
from kyodo.core.ledger.words import register_fields, register_kind
from kyodo.core.notifications import digest, hearing
from kyodo.core.proxy import corrections
from kyodo.core.proxy.corrections import Correction
from kyodo.core.search.registry import SearchSource
from kyodo.core.search.registry import register as register_source
from kyodo.core.switches import modules
from kyodo.core.switches.modules import Module
from kyodo.core.threads import subjects as threads
from kyodo.core.ui.dates import shown_full_day
from kyodo.core.ui.menu import MenuEntry
from kyodo.core.ui.menu import register as register_entry
from kyodo.engines.words import _
from kyodo.modules.needs import maps, matters, published, queries, search
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.queries import thread as thread_queries
from kyodo.modules.needs.rules import BACKING_KIND, KIND, PUBLICATION, RATING_KIND, STATE_WORDS, address_of

FIELD_WORDS = {
    "title": _("件名"),
    "trouble": _("困っていること"),
    "topic": _("分野"),
    "audience": _("見える範囲"),
    "standing": _("だれの相談か"),
    "people": _("影響する人数"),
    "hours_per_year": _("職員がかけている時間"),
    "yen_per_year": _("かかっている費用"),
    "wish_on": _("希望時期"),
    "state": _("状態"),
    "volume": _("量"),
    "note": _("ひとこと"),
    "vendor": _("いまの事業者・製品名"),
    "price_yen": _("いまの契約金額"),
    "price_readers": _("事業者名と金額が見える人"),
    "merged": _("統合"),
    "split_from": _("もとの相談"),
    "route": _("答え方"),
    "purpose": _("何をするか"),
    "due_on": _("期限"),
    "outcome": _("結果"),
    "label": _("測るもの"),
    "unit": _("単位"),
    "baseline": _("いまの値"),
    "promised": _("約束する値"),
    "method": _("測り方"),
    "measure_on": _("測る日"),
    "measured": _("測った値"),
    "measured_on": _("測った日"),
    "evidence": _("根拠"),
    "hours_saved_per_year": _("減った時間"),
    "yen_saved_per_year": _("減った費用"),
    "score": _("満足度"),
    "comment": _("満足度のひとこと"),
}
CORRECTIONS = {
    KIND: Correction(_("相談"), _("自分で相談を書き直す"), "edit/"),
    BACKING_KIND: Correction(_("うちも"), _("この「うちも」を取り消す（加わり直せます）"), "withdraw/"),
    RATING_KIND: Correction(_("満足度"), _("自分で満足度を答え直す"), "rate/"),
}
YEAR = timedelta(days=365)


def register() -> None:
    """Hand everything over."""
    purpose = _("困りごとを書き、ほかの団体と合わせ、答えと結果まで1つのページで見る。")
    modules.register(Module("needs", _("相談・課題"), purpose, is_on_at_first=True))
    first_day.register(Goal(_("最初の相談が出た"), queries.any_posted, "/needs/"))
    first_day.register(Goal(_("最初の相談に答えた"), queries.any_answered, "/needs/board/"))
    register_entry(
        MenuEntry(
            label=gettext_lazy("相談"),
            url_name="needs:list",
            order=10,
            shown_to=lambda request: acting(request).may(Permission.READ),
        )
    )
    register_entry(
        MenuEntry(
            label=gettext_lazy("解決した相談"),
            url_name="needs:public",
            order=11,
            shown_to=lambda request: not acting(request).may(Permission.READ),
        )
    )
    register_entry(
        MenuEntry(
            label=gettext_lazy("調整ボード"),
            url_name="needs:board",
            order=12,
            shown_to=lambda request: acting(request).may(Permission.ARRANGE),
        )
    )
    register_source(SearchSource(KIND, gettext_lazy("相談"), search.documents, search.keys, search.address))
    register_kind(KIND, _("相談"), address_of)
    threads.register(KIND, queries.thread_subject)
    hearing.register(KIND, thread_queries.heard_by)
    decisions.register(KIND, matters.request)
    decisions.register(PUBLICATION, matters.publication)
    hearing.register(PUBLICATION, thread_queries.heard_by)  # whoever hears of the need
    desk.register(waiting_items)
    digest.register(digest.Section(_("引き受けを待つ相談"), untaken_lines))
    register_fields(FIELD_WORDS)
    for kind, correction in CORRECTIONS.items():
        corrections.register(kind, correction)
    register_pages(published.pages)
    register_panel(Panel(Place.DESK, 10, "needs/panels/waiting.html", waiting))
    register_panel(Panel(Place.DESK, 20, "needs/panels/fresh.html", fresh))
    register_panel(Panel(Place.FRONT_MAP, 10, "needs/panels/map.html", solved_map))
    register_panel(Panel(Place.FRONT, 20, "needs/panels/solved.html", solved))


def waiting(request: HttpRequest) -> Mapping[str, Any] | None:
    """What a coordinator has to take up, oldest first; what a body's own needs are doing."""
    actor = acting(request)
    if actor.may(Permission.ARRANGE):
        counts = [
            {"state": state.value, "label": gettext(STATE_WORDS[state]), "number": number}
            for state, number in queries.counts(actor=actor).items()
        ]
        return {"kind": "take_up", "rows": None, "counts": counts}
    if actor.may(Permission.POST):
        return {"kind": "own", "rows": queries.own_open(actor=actor), "counts": None}
    return None


def waiting_items(actor: Actor) -> list[DeskItem]:
    """What waits for the actor: needs to be taken up, and ends that the own body has not said its mind about."""
    items = []
    if actor.may(Permission.ARRANGE):
        items += [
            DeskItem(
                what=gettext("引き受けて返事を書く"),
                about=f"{row.title}（{row.organisation}）",
                url=address_of(row.id),
                button=gettext("開く"),
                minutes=5,
                due_on=row.due_on,
                since=clock.day_of(row.posted_at),
            )
            for row in queries.untaken(actor=actor)
        ]
    items += [
        DeskItem(
            what=gettext("満足度を答える"),
            about=one.title,
            url=f"/needs/{one.id}/rate/",
            button=gettext("答える"),
            minutes=1,
            since=clock.day_of(one.since),
        )
        for one in queries.unrated(actor=actor)
    ]
    return items


def untaken_lines(day: date) -> dict[int, list[digest.Line]]:
    """For the daily mail of coordinators: the needs that nobody has taken up."""
    waiting_ones = queries.untaken_of_all()
    lines = [
        digest.Line(lambda title=title, body=body: f"{title}（{body}）", address_of(number))  # type: ignore[misc]
        for number, title, body in waiting_ones
    ]
    return dict.fromkeys(queries.coordinators(), lines) if lines else {}


def fresh(request: HttpRequest) -> Mapping[str, Any] | None:
    """Needs of other bodies of the last weeks that one could join."""
    if not acting(request).may(Permission.BACK):
        return None
    return {"rows": queries.joinable(actor=acting(request))}


def solved_map(request: HttpRequest) -> Mapping[str, Any] | None:
    """Where needs were solved together in the last twelve months."""
    return maps.solved(queries.solved_by_body(since=clock.now() - YEAR))


def solved(request: HttpRequest) -> Mapping[str, Any]:
    """What was solved lately, and how much, for the public front."""
    now = clock.now()
    figures = queries.public_figures(since=now - YEAR)
    as_of = shown_full_day(now)
    return {
        "rows": queries.latest_solved(),
        "figures": [
            _figure(gettext("寄せられた相談"), figures.posted, gettext("すべての団体から")),
            _figure(gettext("解決した相談"), figures.solved, gettext("実施済または効果確認済となったもの")),
            _figure(
                gettext("「うちも」と加わった団体"),
                figures.bodies_together,
                gettext("ほかの団体の相談に加わった団体の数"),
            ),
        ],
        "as_of": as_of,
    }


def _figure(label: str, number: int, of: str) -> dict[str, str]:
    return {"label": label, "value": f"{number:,}", "of": of}
