"""Registers transfers with Django."""

from django.apps import AppConfig


class TransfersConfig(AppConfig):
    """人事異動."""

    name = "kyodo.core.transfers"
    label = "transfers"

    def ready(self) -> None:
        """Hand over permissions and contributions, and make the acts and the job known."""
        from kyodo.core.transfers import actions, contributions, tasks  # noqa: F401

        contributions.register()
