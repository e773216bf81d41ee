"""The `kyodo` command. Django is loaded only by the commands that need it, numpy only by the engines' own."""

from __future__ import annotations

import os

import typer

from kyodo.engines.award import cli as award

app = typer.Typer(
    name="kyodo",
    help="協働 Kyodo: a region runs its shared digital transformation here.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(award.app, name="award")


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


def main() -> None:
    """Entry point of the `kyodo` script."""
    app()
