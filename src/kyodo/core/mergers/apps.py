"""Registers mergers with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class MergersConfig(AppConfig):
    """市町村合併."""

    name = "kyodo.core.mergers"
    label = "mergers"

    def ready(self) -> None:
        """Grant the permission, take people's estate over, make acts and job known."""
        from kyodo.core.access import doors, grants
        from kyodo.core.ledger.words import register_fields
        from kyodo.core.mergers import actions, estate, people, permissions, tasks  # noqa: F401
        from kyodo.core.ui import menu
        from kyodo.engines.words import _

        grants.register(permissions.GRANTS)
        grants.register_inside(permissions.INSIDE)
        estate.register(people.ESTATE)
        register_fields({"bodies": _("団体")})
        menu.register_footer(
            menu.MenuEntry(
                label=gettext_lazy("合併"),
                url_name="mergers:list",
                order=72,
                shown_to=lambda request: doors.acting(request).may(permissions.Permission.PLAN),
            )
        )
