"""Registers statutes with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StatutesConfig(AppConfig):
    """法令・例規の表."""

    name = "kyodo.core.statutes"
    label = "statutes"

    def ready(self) -> None:
        """Hand over permissions and contributions; the rows of the law are there as soon as the tables are."""
        from kyodo.core.statutes import actions, contributions, shipped  # noqa: F401

        contributions.register()
        post_migrate.connect(shipped.after_migrate, sender=self)
