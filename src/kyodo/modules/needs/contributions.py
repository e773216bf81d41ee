"""What the needs module gives to the whole: its place in the menu, its panels on the first page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock
from kyodo.core.access.doors import acting
from kyodo.core.home.panels import Panel, Place
from kyodo.core.home.panels import register as register_panel
from kyodo.core.ledger.words import register_address, register_fields
from kyodo.core.search.registry import SearchSource
from kyodo.core.search.registry import register as register_source
from kyodo.core.ui.dates import shown_full_day
from kyodo.core.ui.menu import MenuEntry
from kyodo.core.ui.menu import register as register_entry
from kyodo.engines.words import _
from kyodo.modules.needs import maps, queries, search
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import STATE_WORDS

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
}
YEAR = timedelta(days=365)


def register() -> None:
    """Hand everything over."""
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
    register_source(SearchSource("needs.need", gettext_lazy("相談"), search.documents, search.keys, search.address))
    register_address("needs.need", lambda number: f"/needs/{number}/")
    register_fields(FIELD_WORDS)
    register_panel(Panel(Place.DESK, 10, "needs/panels/waiting.html", waiting))
    register_panel(Panel(Place.DESK, 20, "needs/panels/fresh.html", fresh))
    register_panel(Panel(Place.FRONT_MAP, 10, "needs/panels/map.html", solved_map))
    register_panel(Panel(Place.FRONT, 20, "needs/panels/solved.html", solved))


def waiting(request: HttpRequest) -> Mapping[str, Any] | None:
    """What a coordinator has to take up, oldest first; what a body's own needs are doing."""
    actor = acting(request)
    if actor.may(Permission.MOVE):
        counts = [
            {"state": state.value, "label": gettext(STATE_WORDS[state]), "number": number}
            for state, number in queries.counts(actor=actor).items()
        ]
        return {"kind": "take_up", "rows": queries.untaken(actor=actor), "counts": counts}
    if actor.may(Permission.POST):
        return {"kind": "own", "rows": queries.own_open(actor=actor), "counts": None}
    return None


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
