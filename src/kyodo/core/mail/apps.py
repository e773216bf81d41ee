"""Registers mail with Django: its pages, its check, and its place in the menu."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mails that leave."""

    name = "kyodo.core.mail"
    label = "mail"

    def ready(self) -> None:
        """Grant the permissions, hand over what others show, and take a place in the frame."""
        from django.utils.translation import gettext_lazy

        from kyodo.core.access import doors, grants
        from kyodo.core.checks.registry import register
        from kyodo.core.mail import check, contributions, permissions
        from kyodo.core.ui import menu

        grants.register(permissions.GRANTS)
        grants.register_inside(permissions.INSIDE)
        contributions.hand_over()
        register(65, check.NAME, check.check)
        menu.register_footer(
            menu.MenuEntry(
                label=gettext_lazy("送信メール"),
                url_name="mail:list",
                order=65,
                shown_to=lambda request: doors.acting(request).may(permissions.Permission.SEE),
            )
        )
