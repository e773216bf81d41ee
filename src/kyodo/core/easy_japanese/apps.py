"""Registers easy versions with Django."""

from django.apps import AppConfig


class EasyJapaneseConfig(AppConfig):
    """やさしい日本語."""

    name = "kyodo.core.easy_japanese"
    label = "easy_japanese"

    def ready(self) -> None:
        """Grant the permission, link easy versions from their pages, and tell crawlers of them."""
        from django.urls import reverse
        from django.utils.translation import gettext_lazy

        from kyodo.core.access import doors, grants
        from kyodo.core.easy_japanese import companion, permissions, rules
        from kyodo.core.ledger.words import register_address
        from kyodo.core.ui import frame, menu

        grants.register(permissions.GRANTS)
        frame.accompany(companion.of_page)
        register_address(rules.KIND, lambda number: reverse("easy_japanese:page", args=[number]))
        menu.register_footer(
            menu.MenuEntry(
                label=gettext_lazy("やさしい日本語を書く"),
                url_name="easy_japanese:index",
                order=35,
                shown_to=lambda request: doors.acting(request).may(permissions.Permission.WRITE),
            )
        )
