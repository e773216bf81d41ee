"""Registers notices with Django, and the link beside one's name that counts those unread."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notices and their mail."""

    name = "kyodo.core.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Grant the permission, and take a place in the frame and the record."""
        from django.utils.translation import gettext_lazy

        from kyodo.core.access import doors, grants
        from kyodo.core.ledger.words import register_fields
        from kyodo.core.mail import untold
        from kyodo.core.notifications import digest, permissions, queries
        from kyodo.core.ui import menu
        from kyodo.engines.words import _

        grants.register(permissions.GRANTS)
        untold.register(digest.tell_again)
        grants.register_inside(permissions.INSIDE)
        register_fields({"mail": _("通知メール")})
        menu.register_account(
            menu.MenuEntry(
                label=gettext_lazy("通知"),
                url_name="notifications:own",
                order=10,
                shown_to=lambda request: doors.acting(request).may(permissions.Permission.OWN),
                count=lambda request: queries.unread_count(doors.acting(request)),
            )
        )
