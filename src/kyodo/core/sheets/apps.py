"""Registers sheets with Django."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SheetsConfig(AppConfig):
    """Sheets that go out and come back."""

    name = "kyodo.core.sheets"
    label = "sheets"

    def ready(self) -> None:
        """Grant the permission; say who reads returned files, and where the record finds returns."""
        from kyodo.core.access import grants
        from kyodo.core.files import owners
        from kyodo.core.ledger.words import register_address
        from kyodo.core.sheets import permissions, queries
        from kyodo.core.ui import menu

        grants.register(permissions.GRANTS)
        owners.register(queries.FILES, queries.may_read_file)
        menu.register_footer(
            menu.MenuEntry(label=_("様式の送付と返送"), url_name="sheets:register", order=55, shown_to=is_user)
        )
        register_address("sheets.return", lambda number: f"/sheets/returns/{number}/")


def is_user(request: HttpRequest) -> bool:
    """Whether the link is of use to whoever asks."""
    from kyodo.core.access.doors import acting
    from kyodo.core.sheets.permissions import Permission

    return acting(request).may(Permission.USE)
