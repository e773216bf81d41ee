"""Registers the search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """検索."""

    name = "kyodo.core.search"
    label = "search"

    def ready(self) -> None:
        """Hand over the permission; after a restore the index is made anew from what was carried."""
        from kyodo.core.access import grants
        from kyodo.core.backup import parts
        from kyodo.core.search import documents, permissions

        grants.register(permissions.GRANTS)
        parts.register_derived("search", tables=frozenset({"search_document"}), rebuild=documents.make_anew)
