"""Registers the record with Django, and puts its triggers back after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """The chained record."""

    name = "kyodo.core.audit"
    label = "audit"

    def ready(self) -> None:
        """SQLite drops triggers when a table is rebuilt, so they are installed anew after every migrate."""
        from kyodo.core.audit import check, triggers
        from kyodo.core.checks.registry import register
        from kyodo.engines.words import _

        post_migrate.connect(triggers.after_migrate, sender=self)
        register(30, _("記録"), check.check)
