"""`kyodo demo`: makes the demonstration region in an empty database, or anew with --reset."""

from __future__ import annotations

import sys
from pathlib import Path


class NotEmpty(Exception):
    """The database holds something else; the demonstration never touches it."""


def ensure() -> bool:
    """Make the demonstration region if nothing is there; True if it was made now."""
    from kyodo.config import demo_region

    if not demo_region.is_empty():
        return False
    demo_region.seed(progress=_progress)
    return True


def reset() -> None:
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
