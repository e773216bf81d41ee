"""Registers backups with Django."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Backup and restore."""

    name = "kyodo.core.backup"
    label = "backup"
