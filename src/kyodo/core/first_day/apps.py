"""Registers the first day with Django."""

from django.apps import AppConfig


class FirstDayConfig(AppConfig):
    """From an empty database to the first answered need."""

    name = "kyodo.core.first_day"
    label = "first_day"

    def ready(self) -> None:
        """Grant the permission, put the panel on the operator's first page."""
        from kyodo.core.access import grants
        from kyodo.core.first_day import actions, contributions, permissions  # noqa: F401
        from kyodo.core.home.panels import Panel, Place, register

        grants.register(permissions.GRANTS)
        register(Panel(Place.DESK, 5, "first_day/panel.html", contributions.unfinished))
