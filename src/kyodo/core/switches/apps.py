"""Registers switches with Django: menus and first pages leave out what is off."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class SwitchesConfig(AppConfig):
    """Which functions a region uses."""

    name = "kyodo.core.switches"
    label = "switches"

    def ready(self) -> None:
        """Grant the permission, hide what is off, link from the foot."""
        from kyodo.core.access import doors, grants
        from kyodo.core.home import panels
        from kyodo.core.ledger.words import register_fields
        from kyodo.core.switches import actions, modules, permissions  # noqa: F401
        from kyodo.core.ui import menu
        from kyodo.engines.words import _

        grants.register(permissions.GRANTS)
        menu.leave_out(lambda url_name: modules.is_off(url_name.partition(":")[0]))
        panels.leave_out(lambda template: modules.is_off(template.partition("/")[0]))
        register_fields({"is_on": _("使う")})
        menu.register_footer(
            menu.MenuEntry(
                label=gettext_lazy("使う機能"),
                url_name="switches:functions",
                order=75,
                shown_to=lambda request: doors.acting(request).may(permissions.Permission.SWITCH),
            )
        )
