"""Writes the whole installation into one file. The file is there whole, or not at all.

First the snapshot of the tables, then the files that its rows name: a file is stored before the row that names it, and
removed days after, so each of them is still there.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kyodo.core.backup.archive import Manifest, Writer
from kyodo.core.backup.parts import file_columns
from kyodo.core.backup.snapshot import Snapshot, taken
from kyodo.core.backup.tables import carried

Told = Callable[[str], None]


class AlreadyThere(Exception):
    """There is a file of that name, and nobody said that it may go."""


class AlreadyRunning(Exception):
    """Another backup is writing the same file."""


def file_path(digest: str) -> Path:
    """Where a file lies that people handed in."""
    return Path(settings.DATA_DIR) / "files" / digest[:2] / digest[2:4] / digest


def save(path: Path, *, at: datetime, force: bool = False, told: Told = lambda _what: None) -> Manifest:
    """Write a backup of this installation to `path`; `told` hears the name of each member as it begins.

    Readable by its owner only. Raises AlreadyThere, AlreadyRunning, or OSError of the disk; `path` is untouched then.
    """
    if path.exists() and not force:
        raise AlreadyThere(path)
    with _appearing(path) as target, Writer(target) as writer:
        return _write(writer, at=at, told=told)


def _write(writer: Writer, *, at: datetime, told: Told) -> Manifest:
    applied = _applied()
    with taken() as snapshot:
        entries, head = snapshot.head()
        tables = []
        for table in carried():
            told(table.name)
            tables.append(writer.table(table, snapshot.lines(table), last=snapshot.last(table)))
        named = _named(snapshot)
    files: list[str] = []
    missing: list[str] = []
    for number, digest in enumerate(named, start=1):
        if number % 100 == 1:
            told(f"files {number}/{len(named)}")
        try:
            with file_path(digest).open("rb") as content:
                whole = writer.file(digest, content)
        except FileNotFoundError:
            whole = False
        (files if whole else missing).append(digest)
    manifest = Manifest(
        version=version("kyodo"),
        database=connection.vendor,
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        migrations=applied,
        entries=entries,
        head=head,
        tables=tuple(tables),
        files=tuple(files),
        missing=tuple(missing),
    )
    writer.finish(manifest)
    return manifest


def _named(snapshot: Snapshot) -> list[str]:
    names: set[str] = set()
    for table, column in sorted(file_columns()):
        names.update(snapshot.texts(table, column))
    return sorted(names - {""})


def _applied() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


@contextmanager
def _appearing(path: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when all of it is on the disk; what a killed backup left is written over."""
    partial = path.with_name(f".{path.name}.part")
    descriptor = os.open(partial, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as target:
        try:
            fcntl.flock(target, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(path) from None
        try:
            target.truncate()
            yield target
            target.flush()
            os.fsync(target.fileno())
            partial.replace(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
