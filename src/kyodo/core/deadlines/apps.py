"""Registers deadlines with Django: on the first page, in the daily mail, beside one's name."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """What is due, and whose it is."""

    name = "kyodo.core.deadlines"
    label = "deadlines"

    def ready(self) -> None:
        """Grant the permission, and hand over panel, mail section and link."""
        from django.utils.translation import gettext_lazy

        from kyodo.core.access import doors, grants
        from kyodo.core.deadlines import contributions, permissions, queries
        from kyodo.core.home.panels import Panel, Place, register
        from kyodo.core.mergers import estate
        from kyodo.core.notifications import digest
        from kyodo.core.transfers import handing_over
        from kyodo.core.ui import menu
        from kyodo.engines.words import _

        grants.register(permissions.GRANTS)
        register(Panel(Place.DESK_ASIDE, 10, "deadlines/panel.html", contributions.this_week))
        digest.register(digest.Section(_("期限のお知らせ"), queries.reminders))
        handing_over.register(handing_over.Heap("deadlines", _("期限"), contributions.on_hands, contributions.hand_on))
        estate.register(estate.Estate(_("期限"), contributions.of_a_body, contributions.move_to))
        menu.register_account(
            menu.MenuEntry(
                label=gettext_lazy("期限"),
                url_name="deadlines:own",
                order=20,
                shown_to=lambda request: doors.acting(request).may(permissions.Permission.OWN),
            )
        )
