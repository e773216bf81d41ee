"""Registers regions with Django."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Setting up a region."""

    name = "kyodo.core.regions"
    label = "regions"

    def ready(self) -> None:
        """Make the act known to the record, which reads it in words."""
        from kyodo.core.ledger.words import register_fields
        from kyodo.core.regions import actions  # noqa: F401
        from kyodo.engines.words import _

        register_fields({"codes": _("団体コード")})
