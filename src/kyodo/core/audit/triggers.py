"""Triggers that refuse to change, remove or overwrite an entry, for both databases.

They stand against mistakes and against an application that was broken into; who owns the database file can drop them,
and is then found out by the chain. No product code switches them off.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_entry"

SQLITE = {
    "audit_entry_no_update": """
        BEFORE UPDATE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
    """,
    "audit_entry_no_delete": """
        BEFORE DELETE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
    """,
    "audit_entry_in_order": """
        BEFORE INSERT ON audit_entry
        WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit_entry)
        BEGIN SELECT RAISE(ABORT, 'audit entries follow one another'); END
    """,
}

POSTGRESQL = """
    CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit record is append-only'; END $$;
    CREATE OR REPLACE FUNCTION audit_entry_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit_entry) THEN
        RAISE EXCEPTION 'audit entries follow one another';
      END IF;
      RETURN NEW;
    END $$;
    DROP TRIGGER IF EXISTS audit_entry_no_change ON audit_entry;
    CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
      FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse();
    DROP TRIGGER IF EXISTS audit_entry_no_truncate ON audit_entry;
    CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
      FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();
    DROP TRIGGER IF EXISTS audit_entry_in_order ON audit_entry;
    CREATE TRIGGER audit_entry_in_order BEFORE INSERT ON audit_entry
      FOR EACH ROW EXECUTE FUNCTION audit_entry_in_order();
"""
POSTGRESQL_NAMES = {"audit_entry_no_change", "audit_entry_no_truncate", "audit_entry_in_order"}


def install(database: BaseDatabaseWrapper) -> None:
    """Put the triggers of this database in place, whether or not they are there."""
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
            return
        for name, body in SQLITE.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {body}")


def missing() -> set[str]:
    """Names of triggers that should stand guard and don't; empty when all is well."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'", [TABLE])
            return POSTGRESQL_NAMES - {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        return set(SQLITE) - {name for (name,) in cursor.fetchall()}


def after_migrate(*, using: str, **_facts: Any) -> None:
    """Called by Django after each migrate."""
    database = connections[using]
    if TABLE in database.introspection.table_names():
        install(database)
