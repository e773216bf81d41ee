"""Registers files with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files that people hand in."""

    name = "kyodo.core.files"
    label = "files"

    def ready(self) -> None:
        """Grant the permission."""
        from kyodo.core.access import grants
        from kyodo.core.files import permissions

        grants.register(permissions.GRANTS)
