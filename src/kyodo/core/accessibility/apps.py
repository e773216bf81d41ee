"""Registers the statement on accessibility with Django."""

from django.apps import AppConfig


class AccessibilityConfig(AppConfig):
    """The statement on accessibility."""

    name = "kyodo.core.accessibility"
    label = "accessibility"

    def ready(self) -> None:
        """Link it from the foot of every page, and tell crawlers of it."""
        from django.utils.translation import gettext_lazy

        from kyodo.core.crawlers.pages import PublicPage, register
        from kyodo.core.ui import menu

        register(lambda: [PublicPage("/accessibility/")])
        menu.register_footer(menu.MenuEntry(label=gettext_lazy("アクセシビリティ"), url_name="accessibility", order=30))
