"""`kyodo audit verify`: proves the record of this installation, or one that was exported, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The audit record.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The audit record."""


@app.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="An exported record; without it, the live one.")] = None,
) -> None:
    """Prove that no entry of the record was changed, removed or put in.

    Example: kyodo audit verify kyodo-audit-20270401.jsonl
    """
    import django

    django.setup()
    from kyodo.core.audit import chain, proof

    try:
        verdict = proof.verify_live() if file is None else chain.verify(proof.links_of_file(file))
    except OSError as trouble:
        typer.echo(f"{file}: {trouble.strerror}: a readable file", err=True)
        raise typer.Exit(2) from None
    except proof.NotAnExport as fault:
        typer.echo(f"{file}:{fault.line}: {fault.why}: JSON lines with digest and text", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{verdict.entries} entries\nhead {verdict.head}")
    if verdict.fault is not None:
        typer.echo(f"entry {verdict.fault.sequence}: {proof.FAULTS[verdict.fault.code]}", err=True)
        raise typer.Exit(1)
