"""What the directory gives to the whole: a place in the menu, its sheets, words for the record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from kyodo.core.access import grants
from kyodo.core.access.doors import acting
from kyodo.core.directory import permissions, sheets
from kyodo.core.ledger.words import register_fields
from kyodo.core.ui import menu
from kyodo.engines.words import _

FIELD_WORDS = {
    "name": _("部署・担当"),
    "phone": _("電話"),
    "extension": _("内線"),
    "fax": _("FAX"),
    "mailbox": _("係のメールアドレス"),
    "invited": _("招待した人"),
    "letters": _("案内を印刷した人"),
}


def register() -> None:
    """Hand everything over."""
    grants.register(permissions.GRANTS)
    sheets.register()
    register_fields(FIELD_WORDS)
    menu.register(
        menu.MenuEntry(
            label=gettext_lazy("名簿"),
            url_name="directory:list",
            order=70,
            shown_to=lambda request: acting(request).may(permissions.Permission.READ),
        )
    )
