"""What statutes give to the whole: a place in the menu, words for the record, what can be found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from kyodo.core.access import grants
from kyodo.core.access.doors import acting
from kyodo.core.ledger.words import register_address, register_fields
from kyodo.core.search.registry import SearchSource
from kyodo.core.search.registry import register as register_source
from kyodo.core.statutes import permissions, search, sheets
from kyodo.core.statutes.rules.words import KIND
from kyodo.core.ui import menu
from kyodo.engines.words import _

FIELD_WORDS = {
    "rule": _("決まり"),
    "value": _("数値"),
    "valid_from": _("有効な初めの日"),
    "valid_until": _("有効な終わりの日"),
    "article": _("条文"),
    "law": _("条例・規則の名前"),
    "number": _("番号"),
    "enacted_on": _("条例・規則の日付"),
    "sure": _("確かさ"),
    "source": _("出どころ"),
    "checked_on": _("確かめた日"),
    "body_class": _("団体の区分"),
}


def register() -> None:
    """Hand everything over."""
    grants.register(permissions.GRANTS)
    sheets.register()
    register_fields(FIELD_WORDS)
    register_address(KIND, search.address_of)
    register_source(SearchSource(KIND, gettext_lazy("法令・例規"), search.documents, search.keys, search.address))
    menu.register_account(
        menu.MenuEntry(
            label=gettext_lazy("法令・例規の表"),
            url_name="statutes:list",
            order=26,
            shown_to=lambda request: acting(request).may(permissions.Permission.READ),
        )
    )
