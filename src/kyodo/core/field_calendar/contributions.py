"""What the field's calendar gives to the whole: a place in the menu, words for the record, an estate."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy

from kyodo.core.access import grants
from kyodo.core.access.doors import acting
from kyodo.core.field_calendar import permissions, sheets
from kyodo.core.field_calendar.models import BodyDay
from kyodo.core.ledger.words import register_fields
from kyodo.core.mergers import estate
from kyodo.core.mergers.estate import Estate
from kyodo.core.ui import menu
from kyodo.engines.words import _


def register() -> None:
    """Hand everything over."""
    grants.register(permissions.GRANTS)
    sheets.register()
    register_fields({"first": _("始まりの日"), "last": _("終わりの日"), "bills_due_on": _("議案提出の締切")})
    estate.register(Estate(_("庁舎の閉庁日"), _count, _move))
    menu.register_account(
        menu.MenuEntry(
            label=gettext_lazy("年間の予定"),
            url_name="field_calendar:year",
            order=25,
            shown_to=lambda request: acting(request).may(permissions.Permission.READ),
        )
    )


def _count(organisation: int) -> int:
    return BodyDay.objects.filter(organisation_id=organisation, kind="closed").count()


def _move(predecessor: int, successor: int, day: date, at: datetime) -> None:
    """Days off to come go over with the buildings; sessions end with the council whose they are."""
    coming = BodyDay.objects.filter(organisation_id=predecessor, kind="closed", first__gte=day)
    coming.update(organisation_id=successor)
