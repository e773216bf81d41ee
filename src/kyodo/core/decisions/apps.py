"""Registers decisions with Django."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """決裁: papers, approvals, records."""

    name = "kyodo.core.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Hand over permissions and contributions, and make the acts known to the record."""
        from kyodo.core.decisions import actions, contributions  # noqa: F401

        contributions.register()
