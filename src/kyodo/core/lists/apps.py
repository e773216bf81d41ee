"""Registers lists with Django, and who keeps filters of them."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Lists declared once."""

    name = "kyodo.core.lists"
    label = "lists"

    def ready(self) -> None:
        """Grant the permission."""
        from kyodo.core.access import grants
        from kyodo.core.lists import permissions

        grants.register(permissions.GRANTS)
