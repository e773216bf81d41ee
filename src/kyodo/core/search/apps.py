"""Registers the search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """検索."""

    name = "kyodo.core.search"
    label = "search"

    def ready(self) -> None:
        """Hand over the permission."""
        from kyodo.core.access import grants
        from kyodo.core.search import permissions

        grants.register(permissions.GRANTS)
