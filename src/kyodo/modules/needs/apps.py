"""Registers the module: its models, what it grants, what it gives to the whole."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """相談・課題."""

    name = "kyodo.modules.needs"
    label = "needs"

    def ready(self) -> None:
        """Hand over permissions and contributions."""
        from kyodo.core.access import grants
        from kyodo.modules.needs import contributions, disposal, estate, hands, permissions, sheets

        grants.register(permissions.GRANTS)
        grants.register_by_proxy(permissions.PROXY)
        contributions.register()
        disposal.register()
        estate.register()
        hands.register()
        sheets.register()
