"""Registers the module: its models, what it grants, what it gives to the whole."""

from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    """共同調達."""

    name = "kyodo.modules.procurement"
    label = "procurement"

    def ready(self) -> None:
        """Hand over permissions and contributions."""
        from kyodo.core.access import grants
        from kyodo.modules.procurement import contributions, permissions
        from kyodo.modules.procurement.sheets import contracts, survey

        grants.register(permissions.GRANTS)
        grants.register_by_proxy(permissions.PROXY)
        contributions.register()
        survey.register()
        contracts.register()
