"""What second factors give to the whole: items on the desk, words for the record."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.access import grants
from kyodo.core.access.actor import Actor
from kyodo.core.access.doors import acting
from kyodo.core.access.roles import ROLES
from kyodo.core.desk import items as desk
from kyodo.core.desk.items import DeskItem
from kyodo.core.factors import permissions, queries
from kyodo.core.ledger.words import register_fields
from kyodo.core.ui import menu
from kyodo.engines.words import _

FIELD_WORDS = {
    "sheet": _("コード表"),
    "code_number": _("コードの番号"),
    # Of entrances, on which the record stands.
    "entrance_name": _("入口の名前"),
    "host": _("ホスト名"),
    "nature": _("どちら側"),
    "roles": _("通す役割"),
    "ways": _("サインインの方法"),
    "home_entrance": _("団体の入口"),
}


def register() -> None:
    """Hand everything over."""
    grants.register(permissions.GRANTS)
    grants.register_inside(permissions.INSIDE)
    desk.register(waiting_items)
    menu.register_footer(
        menu.MenuEntry(
            label=gettext_lazy("二要素認証の方針"),
            url_name="factor_policy",
            order=70,
            shown_to=lambda request: acting(request).may(permissions.Permission.POLICY),
        )
    )
    register_fields(FIELD_WORDS | {f"policy_{role}": card.name for role, card in ROLES.items()})


def waiting_items(actor: Actor) -> list[DeskItem]:
    """One's own sheet that runs out; for who looks after a body's people, theirs, and those that may be copied."""
    if actor.user_id is None or not actor.has_role:
        return []
    own = queries.sheet_of(actor.user_id)
    found = []
    if own is not None and own.is_short:
        what = gettext("コード表の残りが{n}個です。管理者に再発行を頼む").format(n=own.left)
        found.append(DeskItem(what, "", reverse("own_sheet"), gettext("開く"), 2))
    for alarm in queries.alarms(actor):
        if alarm.user_id == actor.user_id:
            continue
        what = (
            gettext("使用済みのコードが送られた。本人に確かめ、コード表を再発行する")
            if alarm.reused_at
            else gettext("コード表の残りが{n}個。再発行する").format(n=alarm.left)
        )
        found.append(DeskItem(what, alarm.name, reverse("user_sheet", args=[alarm.user_id]), gettext("開く"), 3))
    return found
