"""Registers access with Django, and opens the pages of the look."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Memberships, tokens and doors."""

    name = "kyodo.core.access"
    label = "access"

    def ready(self) -> None:
        """Hand over what everybody may do."""
        from kyodo.core.access import doors, grants, permissions

        grants.register(permissions.GRANTS)
        doors.open_others(permissions.OTHERS)
