"""`kyodo mail`: takes in what mail servers send back. Django is loaded when a command runs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

app = typer.Typer(help="Mails that left.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Mails that left."""


@app.command()
def bounce(
    file: Annotated[str, typer.Argument(help="A delivery report (RFC 3464) as a file, or - for standard input.")],
) -> None:
    """Note that a mail came back: it is marked, and nothing more goes to its address until somebody looked after it.

    Exit code 1: no mail of this installation. 2: not a delivery report.

    Example: kyodo mail bounce - < report.eml
    """
    from kyodo.core.mail import bounces

    try:
        report = bounces.read(_content(file))
    except OSError as trouble:
        typer.echo(f"{file}: {trouble.strerror}: a readable file", err=True)
        raise typer.Exit(2) from None
    except bounces.NotAReport as fault:
        typer.echo(f"{file}: {fault}", err=True)
        raise typer.Exit(2) from None
    import django

    django.setup()
    from kyodo.core import clock, workflow
    from kyodo.core.access.actor import command
    from kyodo.core.mail import actions, queries

    mail = queries.by_token(report.token)
    if mail is None:
        typer.echo(f"{file}: no mail of this installation has the token {report.token}", err=True)
        raise typer.Exit(1)
    if not report.is_final:
        typer.echo(f"{mail.address}: only late ({report.said}); nothing is changed")
        return
    try:
        actions.note_bounce(mail=mail, said=report.said, by=command(), at=clock.now())
    except (workflow.MoveRefused, workflow.Overtaken):
        typer.echo(f"{mail.address}: was noted before")
        return
    typer.echo(f"{mail.address}: came back ({report.said})")


def _content(file: str) -> bytes:
    from pathlib import Path

    from kyodo.core.mail.bounces import LARGEST

    if file == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(file).open("rb") as opened:
        return opened.read(LARGEST + 1)
