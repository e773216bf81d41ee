"""Registers sheets with Django."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Sheets that go out and come back."""

    name = "kyodo.core.sheets"
    label = "sheets"

    def ready(self) -> None:
        """Grant the permission; say who reads returned files, and where the record finds returns."""
        from kyodo.core.access import grants
        from kyodo.core.files import owners
        from kyodo.core.ledger.words import register_address
        from kyodo.core.sheets import permissions, queries

        grants.register(permissions.GRANTS)
        owners.register(queries.FILES, queries.may_read_file)
        register_address("sheets.return", lambda number: f"/sheets/returns/{number}/")
