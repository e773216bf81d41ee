"""Puts a backup into an empty installation, of the same or the other database.

Everything is read and compared before anything is written. The tables are made as the backup had them, all rows are
put there in one transaction, and only then they are brought to this version; so an older backup fits, and of a restore
that broke off there are empty tables left, into which the next one goes. Entries of the record are inserted in their
order, which its triggers allow.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from kyodo.core.audit import record
from kyodo.core.backup.archive import CHUNK, CarriedTable, Damaged, Manifest, Reader
from kyodo.core.backup.parts import derived
from kyodo.core.backup.portable import postgres_copy_in, sqlite_reader
from kyodo.core.backup.save import file_path
from kyodo.core.backup.tables import FILLED_BY_MIGRATING, carried
from kyodo.engines.words import _

Told = Callable[[str], None]


class Newer(Exception):
    """The backup was made by a version that knows more than this one; `what` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class NotEmpty(Exception):
    """Somebody has worked in this database; `tables` are those with rows in them."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(", ".join(tables))
        self.tables = tables


class Further(Exception):
    """The empty database has tables of a later version than the backup; `what` is the first migration too much."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class NotRebuilt(Exception):
    """All rows are restored, but what is made from them (`name`) could not be made anew."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def restore(path: Path, *, told: Told = lambda _what: None) -> Manifest:
    """Put the backup at `path` into this installation; `told` hears what is being done.

    Raises Damaged, Newer, NotEmpty, Further, or OSError of the disk; in all these cases no row is in the database.
    NotRebuilt leaves all rows there.
    """
    reader = Reader(path)
    manifest = reader.manifest
    refuse_newer(manifest)
    refuse_filled(manifest)
    for member in reader.verify():
        told(member)
    _make_tables(manifest)
    refuse_filled(manifest)
    for digest in manifest.files:
        _put_file(reader, digest)
    with transaction.atomic(durable=True):
        _put_rows(reader, told)
        if record.head() != (manifest.entries, manifest.head):
            raise Damaged("audit_entry", _("監査記録の最後のハッシュ値が、一覧に書かれたものと違います。"))
    call_command("migrate", verbosity=0, interactive=False)
    for part in derived():
        told(part.name)
        try:
            with transaction.atomic():
                part.rebuild()
        except Exception as fault:
            raise NotRebuilt(part.name) from fault
    return manifest


def refuse_newer(manifest: Manifest) -> None:
    """Raise Newer for a backup of a later version, or with migrations that this version has never heard of."""
    if _numbers(manifest.version) > _numbers(version("kyodo")):
        raise Newer(f"Kyodo {manifest.version}")
    known = MigrationExecutor(connection).loader.disk_migrations
    unknown = [f"{app}.{name}" for app, names in manifest.migrations.items() for name in names]
    for migration in unknown:
        app, _point, name = migration.partition(".")
        if (app, name) not in known:
            raise Newer(migration)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def refuse_filled(manifest: Manifest) -> None:
    """Raise NotEmpty where there are rows that migrating alone does not make."""
    there = set(connection.introspection.table_names())
    wanted = {one.table.name for one in manifest.tables} | {table.name for table in carried()}
    filled = []
    with connection.cursor() as cursor:
        for name in sorted((wanted & there) - set(FILLED_BY_MIGRATING)):
            cursor.execute(f'SELECT 1 FROM "{name}" LIMIT 1')  # noqa: S608
            if cursor.fetchone():
                filled.append(name)
    if filled:
        raise NotEmpty(filled)


def _make_tables(manifest: Manifest) -> None:
    """Bring an empty database to the migrations that the backup had."""
    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, names in manifest.migrations.items() for name in names}
    further = {one for one in executor.loader.applied_migrations if one[0] in manifest.migrations} - wanted
    if further:
        raise Further(".".join(min(further)))
    nodes = executor.loader.graph.node_map
    last = [
        one
        for one in sorted(wanted)
        if one in nodes and not any(child.key[0] == one[0] and child.key in wanted for child in nodes[one].children)
    ]
    executor.migrate(last)


def _put_file(reader: Reader, digest: str) -> None:
    path = file_path(digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{digest}.part")
    with reader.open(f"files/{digest}") as content, partial.open("wb") as target:
        while piece := content.read(CHUNK):
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    partial.replace(path)


def _put_rows(reader: Reader, told: Told) -> None:
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name in there.intersection(FILLED_BY_MIGRATING):
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608
        for carried_table in reader.manifest.tables:
            name = carried_table.table.name
            if name not in there:
                raise Damaged(name, _("この版には無い表です。"))
            told(name)
            with reader.open(f"tables/{name}.tsv") as content:
                put = _put_postgres if connection.vendor == "postgresql" else _put_sqlite
                put(cursor, carried_table, content)


def _put_postgres(cursor: Any, carried_table: CarriedTable, content: Any) -> None:
    table = carried_table.table
    with cursor.copy(postgres_copy_in(table.name, table.columns)) as rows:
        while piece := content.read(CHUNK):
            rows.write(piece)
    if table.counter and carried_table.last is not None:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
            [f'"{table.name}"', table.counter, carried_table.last],
        )


def _put_sqlite(cursor: Any, carried_table: CarriedTable, content: Any) -> None:
    table = carried_table.table
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    places = ", ".join("?" for _column in table.columns)
    read = sqlite_reader(table.columns)
    lines = io.TextIOWrapper(content, encoding="utf-8", newline="\n")
    with _line_named(table.name):
        # The driver's own cursor: Django's would turn a statement's placeholders for each of the rows.
        connection.connection.cursor().executemany(
            f'INSERT INTO "{table.name}" ({names}) VALUES ({places})',  # noqa: S608  # names are checked by archive.py
            (read(line) for line in lines),
        )
    if table.counter and carried_table.last is not None:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, carried_table.last])


@contextmanager
def _line_named(table: str) -> Iterator[None]:
    """A line that is not in the form is a fault of the file."""
    try:
        yield
    except (ValueError, KeyError) as fault:
        raise Damaged(f"tables/{table}.tsv", _("行の形が正しくありません。")) from fault
