"""What has to be there before the first request: folders, tables, static files. Quick when nothing is to be done."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kyodo.core.statutes import shipped as statutes


def prepare(say: Callable[[str], None]) -> None:
    """Bring database and static files up to date; says only what takes a moment."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    migrate(say)
    statutes.prepare()
    collect(say)
    connection.close()


def migrate(say: Callable[[str], None]) -> None:
    """Create or update the tables, if they are not as this version wants them."""
    executor = MigrationExecutor(connection)
    tables = connection.introspection.table_names()
    cache_table = settings.CACHES["default"]["LOCATION"]
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("データベースを準備しています… / Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
    if cache_table not in tables:
        call_command("createcachetable", verbosity=0)


def collect(say: Callable[[str], None]) -> None:
    """Collect the static files, if the built ones are others than last time."""
    root = Path(settings.STATIC_ROOT)
    mark, wanted = root.with_name("static.collected"), _fingerprint()
    if root.exists() and mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return
    say("画面の部品を準備しています… / Preparing static files …")
    mark.unlink(missing_ok=True)
    shutil.rmtree(root, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(wanted, encoding="ascii")


def _fingerprint() -> str:
    """Names, sizes and dates of all static files as they lie in the packages."""
    facts = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(["CVS", ".*", "*~"]):
            stat = Path(storage.path(name)).stat()
            facts.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return facts.hexdigest()
