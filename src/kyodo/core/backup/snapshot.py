"""The tables as they are at one moment, while others go on writing.

SQLite: its backup API copies the database into a temporary one, which has no name and is gone with this process.
PostgreSQL: one transaction at REPEATABLE READ, from whose snapshot every COPY reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Protocol

from django.db import connection, transaction

from kyodo.core.audit.chain import START
from kyodo.core.audit.record import HEAD
from kyodo.core.backup.portable import postgres_copy_out, sqlite_line, teach_sqlite
from kyodo.core.backup.tables import Table

LINES_AT_ONCE = 500


class Snapshot(Protocol):
    """What a backup reads."""

    def lines(self, table: Table) -> Iterator[bytes]:
        """The rows of a table as lines in portable form, some at a time."""

    def head(self) -> tuple[int, str]:
        """Number of entries in the record, and the digest of the last."""

    def last(self, table: Table) -> int | None:
        """The highest number that the table's counter ever gave; None where there is no counter, or nothing yet."""

    def texts(self, table: str, column: str) -> Iterator[str]:
        """Each text of a column once, in order."""


@contextmanager
def taken() -> Iterator[Snapshot]:
    """The database of this installation, as it is now. Not inside of a transaction: the copy would wait for its end."""
    assert not connection.in_atomic_block
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL TimeZone TO 'UTC'; SET LOCAL DateStyle TO 'ISO, YMD'")
            yield PostgresSnapshot(cursor)
        return
    connection.ensure_connection()
    with closing(sqlite3.connect("")) as copy:
        connection.connection.backup(copy)
        yield SqliteSnapshot(copy)


class SqliteSnapshot:
    """A copy of a SQLite database."""

    def __init__(self, copy: sqlite3.Connection) -> None:
        teach_sqlite(copy)
        self.copy = copy

    def lines(self, table: Table) -> Iterator[bytes]:
        """See Snapshot."""
        rows = self.copy.execute(sqlite_line(table.name, table.columns, table.key))
        while some := rows.fetchmany(LINES_AT_ONCE):
            yield "".join([line for (line,) in some]).encode()

    def head(self) -> tuple[int, str]:
        """See Snapshot."""
        return self.copy.execute(HEAD).fetchone() or (0, START)

    def last(self, table: Table) -> int | None:
        """See Snapshot."""
        if table.counter is None:
            return None
        row = self.copy.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [table.name]).fetchone()
        return row[0] or None if row else None

    def texts(self, table: str, column: str) -> Iterator[str]:
        """See Snapshot."""
        for (text,) in self.copy.execute(f'SELECT DISTINCT "{column}" FROM "{table}" ORDER BY 1'):  # noqa: S608
            yield text


class PostgresSnapshot:
    """A transaction on PostgreSQL that sees one moment."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def lines(self, table: Table) -> Iterator[bytes]:
        """See Snapshot."""
        with self.cursor.copy(postgres_copy_out(table.name, table.columns, table.key)) as rows:
            for piece in rows:
                yield bytes(piece)

    def head(self) -> tuple[int, str]:
        """See Snapshot."""
        self.cursor.execute(HEAD)
        return self.cursor.fetchone() or (0, START)

    def last(self, table: Table) -> int | None:
        """See Snapshot. Counters stand outside of snapshots: it may be later than the rows, which does no harm."""
        if table.counter is None:
            return None
        self.cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table.name}"', table.counter])
        (name,) = self.cursor.fetchone()
        self.cursor.execute(f"SELECT last_value, is_called FROM {name}")  # noqa: S608
        value, is_called = self.cursor.fetchone()
        return value if is_called else None

    def texts(self, table: str, column: str) -> Iterator[str]:
        """See Snapshot."""
        self.cursor.execute(f'SELECT DISTINCT "{column}" FROM "{table}" ORDER BY 1')  # noqa: S608
        while some := self.cursor.fetchmany(LINES_AT_ONCE):
            yield from (text for (text,) in some)
