"""What transfers give to the whole: what was handed over on the desk, bodies without people, words for the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.access import grants
from kyodo.core.access.actor import Actor
from kyodo.core.access.doors import acting
from kyodo.core.access.roles import Role
from kyodo.core.desk import items as desk
from kyodo.core.desk.items import DeskItem
from kyodo.core.home import panels
from kyodo.core.home.panels import Panel, Place
from kyodo.core.ledger.words import register_fields
from kyodo.core.notifications import hearing
from kyodo.core.sheets import sources
from kyodo.core.transfers import permissions, queries, rules, sheets
from kyodo.core.ui import menu
from kyodo.engines.words import _

FIELD_WORDS = {
    "day": _("発令日"),
    "moving": _("異動する人"),
    "handed": _("引き継いだ件数"),
    "seen": _("引き継ぎを確かめた日時"),
}


def register() -> None:
    """Hand everything over."""
    grants.register(permissions.GRANTS)
    grants.register_inside(permissions.INSIDE)
    hearing.register(rules.KIND, queries.heard_by)
    desk.register(handed_over)
    sources.register(sheets.SOURCE)
    register_fields(FIELD_WORDS)
    panels.register(Panel(Place.DESK, 30, "transfers/unmanned.html", unmanned))
    menu.register(
        menu.MenuEntry(
            label=gettext_lazy("人事異動"),
            url_name="transfers:list",
            order=65,
            shown_to=lambda request: acting(request).may(permissions.Permission.PLAN),
        )
    )


def handed_over(actor: Actor) -> list[DeskItem]:
    """What came to somebody with a duty, until they looked at it."""
    return [
        DeskItem(
            what=gettext("前任から引き継いだ仕事を確かめる"),
            about=gettext("{giver}から{count}件").format(giver=giver, count=count),
            url=f"/transfers/hand-over/{line}/",
            button=gettext("開く"),
            minutes=5,
            since=day,
        )
        for line, giver, count, day in queries.to_be_seen(actor)
    ]


def unmanned(request: HttpRequest) -> Mapping[str, Any] | None:
    """Bodies for which nobody can act, for whoever keeps in touch with them."""
    actor = acting(request)
    if not actor.roles & {Role.COORDINATOR, Role.OPERATOR}:
        return None
    bodies = queries.bodies_without_people()
    return {"bodies": bodies[:10], "count": len(bodies), "more": len(bodies) - 10} if bodies else None
