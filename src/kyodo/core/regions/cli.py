"""`kyodo region`: the bodies of another region. Django is loaded inside, so that help answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from kyodo.core.regions.rules import PlannedBody

app = typer.Typer(help="The bodies of a region.", no_args_is_help=True)
MOST_FAULTS = 50


@app.callback()
def _group() -> None:
    """The bodies of a region."""


@app.command()
def create(
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="CODE…", help="Six digits each; a prefecture's means all in it.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--from", help="A CSV instead: code,name,kana,kind,lat,lng,sections.")
    ] = None,
    dx_body: Annotated[str, typer.Option("--dx-body", help="Who runs the shared work.")] = "DX推進団体",
    prefecture: Annotated[
        bool, typer.Option("--prefecture/--no-prefecture", help="Whether the prefecture itself takes part.")
    ] = True,
) -> None:
    """Register prefecture, municipalities and the body that runs the shared work; all of them, or none.

    Example: kyodo region create 050008 --dx-body "秋田DX推進機構"
    """
    if bool(codes) == bool(file):
        _bad("CODE or --from: one of the two: kyodo region create 050008, or kyodo region create --from bodies.csv")
    import django

    django.setup()
    from django.db import DatabaseError

    from kyodo.core import clock
    from kyodo.core.access.actor import command
    from kyodo.core.regions import actions

    bodies = _bodies(codes or [], file, prefecture=prefecture)
    tiles = actions.tiles_of(bodies)
    try:
        made = actions.create_region(bodies=bodies, tiles=tiles, dx_body=dx_body, by=command(), at=clock.now())
    except actions.AlreadyThere as refusal:
        typer.echo(f"{', '.join(refusal.names)}: registered already: nothing was made", err=True)
        raise typer.Exit(1) from None
    except DatabaseError as trouble:
        typer.echo(f"The database can't be used ({trouble}). Prepare it first: kyodo run", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{len(made)} bodies, {len(tiles)} tiles")
    typer.echo(
        "Next: set KYODO_REGION_NAME, then the first administrator:\n"
        '  kyodo user create hanako --name "運用担当"\n'
        f'  kyodo user grant hanako operator --organisation "{dx_body}"',
        err=True,
    )


def _bodies(codes: list[str], file: Path | None, *, prefecture: bool) -> list[PlannedBody]:
    from kyodo.core.regions import lists
    from kyodo.core.regions.rules import PREFECTURE

    try:
        bodies = lists.from_codes(codes) if file is None else lists.from_file(file)
    except OSError as trouble:
        _bad(f"{file}: {trouble.strerror}: a readable CSV file")
    except lists.ListRefused as refusal:
        where = "CODE" if file is None else str(file)
        _bad(
            *(
                f"{where}:{fault.line}: {fault.column} {fault.found or '-'}: {_english(fault.expected)}"
                for fault in refusal.faults
            )
        )
    if prefecture:
        return lists.with_prefectures(bodies)
    return [body for body in bodies if body.kind != PREFECTURE]


def _english(text: str) -> str:
    from django.utils import translation

    with translation.override("en"):
        return translation.gettext(text)


def _bad(*faults: str) -> NoReturn:
    """Bad input: a line a fault, exit code 2."""
    for fault in faults[:MOST_FAULTS]:
        typer.echo(fault, err=True)
    if len(faults) > MOST_FAULTS:
        typer.echo(f"… and {len(faults) - MOST_FAULTS} more", err=True)
    raise typer.Exit(2)
