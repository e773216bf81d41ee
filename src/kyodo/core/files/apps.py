"""Registers files with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files that people hand in."""

    name = "kyodo.core.files"
    label = "files"

    def ready(self) -> None:
        """Grant the permission, have the files carried by backups, and looked after by the doctor."""
        from kyodo.core.access import grants
        from kyodo.core.backup import parts
        from kyodo.core.checks import registry
        from kyodo.core.files import check, permissions
        from kyodo.engines.words import _

        grants.register(permissions.GRANTS)
        parts.register_file_column("files_attachment", "digest")
        registry.register(40, _("添付ファイル"), check.check)
