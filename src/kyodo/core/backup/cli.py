"""`kyodo backup` and `kyodo restore`. Django is loaded inside, so that help answers at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from kyodo.core.backup.archive import Manifest


def backup(
    file: Annotated[Path, typer.Argument(help="Where the backup goes; its folder must be there.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file of that name.")] = False,
) -> None:
    """Write tables and files of one moment into one file, while people go on working.

    Example: kyodo backup /var/backups/kyodo-20270401.zip
    """
    import django

    django.setup()
    from django.db import DatabaseError

    from kyodo.core import clock
    from kyodo.core.backup import save

    if not file.parent.is_dir():
        _no(2, f"{file}: there is no folder {file.parent}: a path in a folder that is there")
    try:
        manifest = save.save(file, at=clock.now(), force=force, told=_progress)
    except save.AlreadyThere:
        _no(1, f"{file}: is there already: another name, or --force")
    except save.AlreadyRunning:
        _no(1, f"{file}: another backup is writing it: wait for it, or another name")
    except OSError as trouble:
        _no(1, f"{file}: {trouble.strerror}: nothing was kept")
    except DatabaseError as trouble:
        _no(1, f"The database can't be read ({trouble}): see `kyodo check`")
    _tell(manifest)
    typer.echo(f"{file}: {file.stat().st_size:,} bytes")
    if manifest.missing:
        for digest in manifest.missing:
            typer.echo(f"files/{digest}: not on the disk, or damaged: see `kyodo check`", err=True)
        raise typer.Exit(1)


def restore(file: Annotated[Path, typer.Argument(help="What `kyodo backup` wrote, on either database.")]) -> None:
    """Put a backup into an empty database, and its files into an empty data folder; then prove the record.

    Example: kyodo restore /var/backups/kyodo-20270401.zip
    """
    import django

    django.setup()
    from django.db import DatabaseError

    from kyodo.core.audit import proof
    from kyodo.core.backup import restore as back
    from kyodo.core.backup.archive import Damaged

    try:
        manifest = back.restore(file, told=_progress)
    except Damaged as fault:
        _no(2, f"{file}: {fault.member}: {_english(fault.why)} Nothing was restored: take another backup")
    except back.Newer as fault:
        _no(1, f"{file}: was made by a newer version ({fault.what}): update Kyodo first")
    except back.Further as fault:
        _no(1, f"The database has newer tables than the backup ({fault.what}): name one without tables")
    except back.NotRebuilt as fault:
        _no(1, f"All rows are restored, but {fault.name} could not be made from them ({fault.__cause__}): report this")
    except back.NotEmpty as fault:
        _no(1, f"The database is not empty ({', '.join(fault.tables)}): name an empty one by KYODO_DATABASE_URL")
    except OSError as trouble:
        _no(2, f"{file}: {trouble.strerror}: a readable file, and a data folder that can be written")
    except DatabaseError as trouble:
        _no(1, f"The database refuses ({trouble}): nothing was restored")
    verdict = proof.verify_live()
    _tell(manifest)
    if verdict.fault is not None:
        _no(1, f"entry {verdict.fault.sequence}: {_english(proof.FAULTS[verdict.fault.code])}")


def _tell(manifest: Manifest) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    rows = sum(one.rows for one in manifest.tables)
    typer.echo(
        f"{rows:,} rows in {len(manifest.tables)} tables, {len(manifest.files):,} files\n"
        f"{manifest.entries} entries\nhead {manifest.head}"
    )


def _progress(what: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{what}")
        sys.stderr.flush()


def _english(text: str) -> str:
    from django.utils import translation

    with translation.override("en"):
        return translation.gettext(text)


def _no(code: int, reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(code)
