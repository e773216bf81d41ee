"""`kyodo search`: makes the index anew. Django is loaded when a command runs."""

from __future__ import annotations

import typer

app = typer.Typer(help="The search over all modules.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The search over all modules."""


@app.command()
def rebuild() -> None:
    """Make the index of the search anew from what the modules hold; people may go on working.

    Example: kyodo search rebuild
    """
    import django

    django.setup()
    from kyodo.core.search import documents

    done = documents.rebuild(lambda number: typer.echo(f"{number:,}", err=True))
    typer.echo(f"{done:,}")
