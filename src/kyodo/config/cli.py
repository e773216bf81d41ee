"""The `kyodo` command. Django is loaded only by the commands that need it, numpy only by the engines' own."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from kyodo.core.audit.cli import app as audit

app = typer.Typer(
    name="kyodo",
    help="協働 Kyodo: a region runs its shared digital transformation here.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


app.add_typer(audit, name="audit")


@app.callback()
def _settings() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kyodo.config.settings")


@app.command()
def version() -> None:
    """Print the version.

    Example: kyodo version
    """
    from importlib.metadata import version as installed

    typer.echo(installed("kyodo"))


@app.command()
def demo(
    reset: Annotated[bool, typer.Option("--reset", help="Throw the demonstration away and make it anew.")] = False,
) -> None:
    """Make the demonstration region in an empty database.

    Example: kyodo demo --reset
    """
    import django

    from kyodo.config.commands import demo as commands

    django.setup()
    try:
        if reset:
            commands.reset()
        elif not commands.ensure():
            typer.echo("デモ環境はもうあります。作り直すには: kyodo demo --reset / It is there already.")
    except commands.NotEmpty:
        typer.echo(
            "データベースに、デモ以外のデータがあります。何も変えていません。/ Not a demonstration: kept as it is.",
            err=True,
        )
        raise typer.Exit(1) from None


def main() -> None:
    """Entry point of the `kyodo` script."""
    app()
