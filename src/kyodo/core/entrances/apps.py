"""Registers entrances with Django."""

from django.apps import AppConfig


class EntrancesConfig(AppConfig):
    """Host names and their nature."""

    name = "kyodo.core.entrances"
    label = "entrances"

    def ready(self) -> None:
        """Grant the permissions, take a place in the menu and among the checks."""
        from django.utils.translation import gettext_lazy

        from kyodo.core.access import doors, grants
        from kyodo.core.checks.registry import register
        from kyodo.core.entrances import findings, permissions
        from kyodo.core.ui import menu
        from kyodo.engines.words import _

        grants.register(permissions.GRANTS)
        grants.register_inside(permissions.INSIDE)
        register(15, _("入口"), findings.check)
        menu.register(
            menu.MenuEntry(
                label=gettext_lazy("入口"),
                url_name="entrances:list",
                order=85,
                shown_to=lambda request: doors.acting(request).may(permissions.Permission.SET_UP),
            )
        )
