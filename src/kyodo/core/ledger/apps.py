"""Registers the pages of the record."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """監査記録."""

    name = "kyodo.core.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Hand over permissions and the place in the menu."""
        from django.utils.translation import gettext_lazy

        from kyodo.core.access import grants
        from kyodo.core.access.doors import acting
        from kyodo.core.ledger import contributions, permissions
        from kyodo.core.ui.menu import MenuEntry, register

        grants.register(permissions.GRANTS)
        grants.register_inside(permissions.INSIDE)
        contributions.hand_over()
        register(
            MenuEntry(
                label=gettext_lazy("監査記録"),
                url_name="ledger:list",
                order=90,
                shown_to=lambda request: acting(request).may(permissions.Permission.READ),
            )
        )
