"""Registers the desk with Django, and puts it on the first page."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What waits for me."""

    name = "kyodo.core.desk"
    label = "desk"

    def ready(self) -> None:
        """The first panel of whoever is signed in."""
        from kyodo.core.desk.contributions import waiting
        from kyodo.core.home.panels import Panel, Place, register

        register(Panel(Place.DESK, 0, "desk/panel.html", waiting))
