"""The `kyodo` command. Django is loaded only by the commands that need it, numpy only by the engines' own."""

from __future__ import annotations

import os

import typer

from kyodo.config.commands import demo, run, worker
from kyodo.core.accounts.cli import app as users
from kyodo.core.audit.cli import app as audit
from kyodo.core.backup.cli import backup, restore
from kyodo.core.checks.cli import check
from kyodo.core.mail.cli import app as mail
from kyodo.core.regions.cli import app as regions
from kyodo.core.search.cli import app as search
from kyodo.engines.award.cli import app as award
from kyodo.engines.matching.cli import app as matching
from kyodo.engines.opinion.cli import app as opinion
from kyodo.engines.similarity.cli import app as similarity

app = typer.Typer(
    name="kyodo",
    help="協働 Kyodo: a region runs its shared digital transformation here.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(audit, name="audit")
app.add_typer(award, name="award")
app.add_typer(matching, name="matching")
app.add_typer(mail, name="mail")
app.add_typer(opinion, name="opinion")
app.add_typer(regions, name="region")
app.add_typer(search, name="search")
app.add_typer(similarity, name="similarity")
app.add_typer(users, name="user")


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


app.command()(backup)
app.command()(check)
app.command()(demo.demo)
app.command()(restore)
app.command()(run.run)
app.command()(worker.worker)


def main() -> None:
    """Entry point of the `kyodo` script."""
    app()


if __name__ == "__main__":
    main()
