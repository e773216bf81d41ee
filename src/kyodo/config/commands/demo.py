"""`kyodo demo`: makes the demonstration region in an empty database, or anew with --reset."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


class NotEmpty(Exception):
    """The database holds something else; the demonstration never touches it."""


def demo(
    reset: Annotated[bool, typer.Option("--reset", help="Throw the demonstration away and make it anew.")] = False,
) -> None:
    """Make the demonstration region in an empty database.

    Example: kyodo demo --reset
    """
    import django
    from django.core.management import call_command

    django.setup()
    try:
        call_command("migrate", verbosity=0)
        if reset:
            _reset()
            return
        if not ensure():
            typer.echo("デモ環境はもうあります。作り直すには: kyodo demo --reset / It is there already.")
    except NotEmpty:
        typer.echo("デモ以外のデータがあるので、何も変えていません。/ Not a demonstration: kept as it is.", err=True)
        raise typer.Exit(1) from None


def ensure() -> bool:
    """Make the demonstration region in a migrated database if nothing is there; True if it was made now."""
    from kyodo.config import demo_region

    if not demo_region.is_empty():
        if not demo_region.is_demonstration():
            raise NotEmpty
        return False
    demo_region.seed(progress=_progress)
    return True


def _reset() -> None:
    """Throw the demonstration's database away and make it anew; refuse if anything else is in it."""
    from django.core.management import call_command
    from django.db import connection

    from kyodo.config import demo_region

    if not demo_region.is_empty() and not demo_region.is_demonstration():
        raise NotEmpty
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            file.unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    demo_region.seed(progress=_progress)


def _progress(done: int, total: int) -> None:
    if done % 50 == 0 or done == total:
        sys.stderr.write(f"\rデモ環境を作っています / making the demonstration region: {done}/{total}")
        sys.stderr.flush()
    if done == total:
        sys.stderr.write("\n")
