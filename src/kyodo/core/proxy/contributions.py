"""What entries by proxy give to the whole: items on the desk, words for the record, files, a place in the menu."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock
from kyodo.core.access import grants
from kyodo.core.access.actor import Actor
from kyodo.core.access.doors import acting
from kyodo.core.desk import items as desk
from kyodo.core.desk.items import DeskItem
from kyodo.core.files import owners
from kyodo.core.ledger.words import register_address, register_fields
from kyodo.core.notifications import hearing
from kyodo.core.proxy import permissions, queries, rules
from kyodo.core.proxy.queries import EntryRow
from kyodo.core.ui import menu
from kyodo.engines.words import _


def register() -> None:
    """Hand everything over."""
    grants.register(permissions.GRANTS)
    owners.register(rules.KIND, queries.may_read_files)
    hearing.register(rules.KIND, queries.heard_by)
    desk.register(waiting_items)
    register_address(rules.KIND, queries.address_of)
    register_fields({"source": _("どうやって聞いたか"), "said_on": _("聞いた日"), "said_by": _("団体のだれから")})
    menu.register_account(
        menu.MenuEntry(
            label=gettext_lazy("代行入力"),
            url_name="proxy:list",
            order=16,
            shown_to=lambda request: acting(request).may(permissions.Permission.READ),
        )
    )


def waiting_items(actor: Actor) -> list[DeskItem]:
    """What the actor's body is to confirm; for coordinators what a body says is wrong."""
    told: tuple[tuple[str, str, Sequence[EntryRow]], ...] = (
        (gettext("代行入力を確かめる"), gettext("確かめる"), queries.waiting_for(actor)),
        (gettext("代行入力の違うところを直す"), gettext("開く"), queries.disputed_for(actor)),
    )
    return [
        DeskItem(
            what=what,
            about=row.label,
            url=queries.address_of(row.id),
            button=button,
            minutes=1,
            due_on=row.due_on,
            since=clock.day_of(row.entered_at),
        )
        for what, button, rows in told
        for row in rows
    ]
