"""Registers second factors with Django."""

from django.apps import AppConfig


class FactorsConfig(AppConfig):
    """Sheets of codes, codes by mail, the policy."""

    name = "kyodo.core.factors"
    label = "factors"

    def ready(self) -> None:
        """Hand over permissions, desk items and words."""
        from kyodo.core.factors import contributions

        contributions.register()
