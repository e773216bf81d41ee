"""Registers the look with Django, and what its frame shows on every page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Templates, components and static files of the look."""

    name = "kyodo.core.ui"
    label = "ui"

    def ready(self) -> None:
        """Link the pages that belong to the whole site from the foot of every page."""
        from kyodo.core.ui import menu

        menu.register_footer(menu.MenuEntry(label=_("アクセシビリティ"), url_name="accessibility", order=30))
