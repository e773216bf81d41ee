"""Registers personal data with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class PersonalConfig(AppConfig):
    """One's own data."""

    name = "kyodo.core.personal"
    label = "personal"

    def ready(self) -> None:
        """Grant permissions, take core's parts over, link from the foot."""
        from kyodo.core.access import doors, grants
        from kyodo.core.personal import actions, own, parts, permissions  # noqa: F401
        from kyodo.core.ui import menu

        grants.register(permissions.GRANTS)
        grants.register_inside(permissions.INSIDE)
        for part in own.parts():
            parts.register(part)
        menu.register_footer(
            menu.MenuEntry(
                label=gettext_lazy("わたしのデータ"),
                url_name="personal:own",
                order=65,
                shown_to=lambda request: doors.acting(request).may(permissions.Permission.OWN),
            )
        )
