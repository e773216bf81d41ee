"""What decisions give to the whole: items on the desk, words for the record, a place in the menu."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock
from kyodo.core.access import grants
from kyodo.core.access.actor import Actor
from kyodo.core.access.doors import acting
from kyodo.core.decisions import estate, permissions, places, queries, rules, waiting
from kyodo.core.desk import items as desk
from kyodo.core.desk.items import DeskItem
from kyodo.core.files import owners
from kyodo.core.ledger.words import register_fields
from kyodo.core.mergers import estate as bodies
from kyodo.core.notifications import hearing
from kyodo.core.transfers import concerns
from kyodo.core.transfers.concerns import Concern
from kyodo.core.ui import menu
from kyodo.engines.words import _

LAST_PLACE = _(
    "承認の第{number}段階は、この方だけが答えられます（待っている承認{waiting}件）。代わりの人を決めてください。"
)
FIELD_WORDS = {
    "approval": _("承認"),
    "decided_on": _("決裁日"),
    "number": _("文書番号"),
    "division": _("決裁区分"),
    "decider_name": _("決裁者の氏名"),
    "decider_duty": _("決裁者の職"),
    "remark": _("備考"),
    "has_steps": _("承認段階を使う"),
    "may_approve_own": _("自分の求めを自分で承認できる"),
    "publication_needs_decision": _("公開には決裁が要る"),
    "levels": _("承認段階"),
}


def register() -> None:
    """Hand everything over."""
    grants.register(permissions.GRANTS)
    owners.register(rules.DECISION, queries.may_read_files)
    hearing.register(rules.APPROVAL, queries.heard_by)
    desk.register(waiting_items)
    register_fields(FIELD_WORDS)
    concerns.register(last_places)
    bodies.register(estate.ESTATE)
    menu.register_account(
        menu.MenuEntry(
            label=gettext_lazy("決裁"),
            url_name="decisions:list",
            order=15,
            shown_to=lambda request: acting(request).may(permissions.Permission.READ),
        )
    )


def waiting_items(actor: Actor) -> list[DeskItem]:
    """What waits for the actor's approval, and what came back to be asked anew."""
    told = [
        (gettext("承認するか、差し戻す"), gettext("答える"), waiting.waiting_for(actor)),
        (gettext("差し戻されたので、直してもう一度求める"), gettext("開く"), waiting.returned_to(actor)),
    ]
    return [
        DeskItem(
            what=what,
            about=row.title,
            url=queries.address_of(row.kind, row.subject),
            button=button,
            minutes=3,
            due_on=row.due_on,
            since=clock.day_of(row.since),
        )
        for what, button, rows in told
        for row in rows
    ]


def last_places(user: int, organisation: int, day: date) -> list[Concern]:
    """Levels of approval that nobody could answer once somebody has left."""
    return [
        Concern(
            LAST_PLACE,
            {"number": place.number, "waiting": place.waiting},
            reverse("decisions:steps", args=[organisation]),
        )
        for place in places.last_approver_places(user, on=day)
        if place.organisation_id == organisation
    ]
