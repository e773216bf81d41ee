"""Whether database, storage and clock are as they have to be."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from kyodo.core import clock
from kyodo.core.checks.registry import Finding, fault, ok, warn
from kyodo.engines.words import _

MB = 1024 * 1024
LITTLE, TOO_LITTLE = 2048 * MB, 256 * MB
OLDEST_POSTGRESQL = 140000  # what Django 5.2 supports
SKEW = timedelta(seconds=5)


def check_database() -> Iterator[Finding]:
    """Reachable, of a version that is supported, with this version's tables."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        yield from _postgresql()
    else:
        yield from _sqlite()
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield fault(
            _("まだ行われていない移行が{count}件あります（{first} など）。"),
            _("kyodo run を始めると行われます。その前にバックアップを取ってください。"),
            count=len(waiting),
            first=waiting[0][0],
        )
    else:
        yield ok(_("表はこの版のとおりです。"))


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')")
        number, encoding = cursor.fetchone()
    version = f"PostgreSQL {number // 10000}.{number % 10000}"
    if number < OLDEST_POSTGRESQL:
        yield fault(_("{version} は古すぎます。"), _("PostgreSQL 14 以降にしてください。"), version=version)
    elif encoding != "UTF8":
        yield fault(
            _("データベースの文字コードが {encoding} です。"),
            _("UTF8 のデータベースを作り、バックアップから戻してください。"),
            encoding=encoding,
        )
    else:
        yield ok("{version}", version=version)


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        facts = {}
        for name in ("journal_mode", "foreign_keys", "synchronous"):
            cursor.execute(f"PRAGMA {name}")
            facts[name] = str(cursor.fetchone()[0])
        cursor.execute("SELECT sqlite_version()")
        version = f"SQLite {cursor.fetchone()[0]}"
    if facts["journal_mode"] not in {"wal", "memory"} or facts["foreign_keys"] != "1" or facts["synchronous"] != "2":
        yield fault(
            _("{version} の設定が違います（{facts}）。"),
            _("データベースを、ネットワーク上ではなくこの機械のディスクに置いてください。"),
            version=version,
            facts=facts,
        )
    else:
        yield ok("{version}", version=version)


def check_storage() -> Iterator[Finding]:
    """The data folder can be written to, and there is room."""
    folder = Path(settings.DATA_DIR)
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".check"):
            pass
        free = shutil.disk_usage(folder).free
    except OSError as trouble:
        yield fault(
            _("データの置き場所に書けません（{folder}: {trouble}）。"),
            _("Kyodo を動かす利用者に、そのフォルダーの書き込みを許してください。"),
            folder=folder,
            trouble=trouble.strerror,
        )
        return
    facts = {"folder": folder, "free": free // MB}
    if free < LITTLE:
        level = fault if free < TOO_LITTLE else warn
        yield level(_("{folder} の空きは {free} MB です。"), _("ディスクを空けるか、広げてください。"), **facts)
    else:
        yield ok(_("{folder} の空きは {free} MB です。"), **facts)


def check_clock() -> Iterator[Finding]:
    """This machine's clock goes with the database's."""
    now = clock.now()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (theirs,) = cursor.fetchone()
        if abs(theirs - clock.now()) > SKEW:
            yield fault(
                _("データベースの時計と{seconds}秒ずれています。"),
                _("両方の機械で NTP（chrony など）を動かしてください。"),
                seconds=round(abs(theirs - now).total_seconds()),
            )
    shown = timezone.localtime(now).strftime("%Y-%m-%d %H:%M %z")
    yield ok(_("{shown}（{zone}）"), shown=shown, zone=settings.TIME_ZONE)
