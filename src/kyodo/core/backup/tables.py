"""Which tables a backup carries: those of all installed models, whoever wrote them, with the kind of each column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models

from kyodo.core.backup.parts import derived
from kyodo.core.backup.portable import Column

# Sessions end with a restore: they would be live keys in a file that lies about.
NOT_CARRIED: Final = frozenset({"django_session", "usersessions_usersession"})
# What migrating an empty database puts there by itself; a restore replaces it by what the backup holds.
FILLED_BY_MIGRATING: Final = ("auth_permission", "django_content_type", "statutes_statute")

KINDS: Final = {
    "AutoField": "integer",
    "BigAutoField": "integer",
    "SmallAutoField": "integer",
    "IntegerField": "integer",
    "BigIntegerField": "integer",
    "SmallIntegerField": "integer",
    "PositiveIntegerField": "integer",
    "PositiveBigIntegerField": "integer",
    "PositiveSmallIntegerField": "integer",
    "FloatField": "real",
    "DecimalField": "decimal",
    "BooleanField": "boolean",
    "CharField": "text",
    "TextField": "text",
    "SlugField": "text",
    "FileField": "text",
    "FilePathField": "text",
    "GenericIPAddressField": "text",
    "JSONField": "json",
    "UUIDField": "uuid",
    "DateField": "date",
    "TimeField": "time",
    "DateTimeField": "moment",
    "DurationField": "duration",
    "BinaryField": "bytes",
}


class NotPortable(Exception):
    """A column whose type has no form that both databases read."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be carried: its columns, what its rows are ordered by, and the column that counts up by itself."""

    name: str
    columns: tuple[Column, ...]
    key: str
    counter: str | None


def carried() -> list[Table]:
    """All tables to be carried, in the order of their names."""
    left_out = NOT_CARRIED.union(*(part.tables for part in derived()))
    tables = {}
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if options.managed and not options.proxy and options.db_table not in left_out:
            tables[options.db_table] = _table(model)
    return [tables[name] for name in sorted(tables)]


def _table(model: type[models.Model]) -> Table:
    options = model._meta
    columns = tuple(_column(field) for field in options.local_concrete_fields if not getattr(field, "generated", False))
    key: Any = options.pk
    counter = key.column if isinstance(key, models.AutoField) or "AutoField" in key.get_internal_type() else None
    return Table(name=options.db_table, columns=columns, key=key.column, counter=counter)


def _column(field: Any) -> Column:
    own = field
    while own.is_relation:
        own = own.target_field
    kind = KINDS.get(own.get_internal_type())
    if kind is None:
        raise NotPortable(f"{field}: a {own.get_internal_type()} has no portable form; say so in backup/tables.py")
    return Column(name=field.column, kind=kind, places=own.decimal_places if kind == "decimal" else 0)
