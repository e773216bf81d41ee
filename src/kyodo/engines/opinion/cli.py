"""`kyodo opinion`: the engine on files. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import csv
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kyodo.engines.opinion.faults import BadInputError

app = typer.Typer(help="Find groups of opinion: what each agrees on, what all share, how firm that is.")

Out = Annotated[Path | None, typer.Option("--out", metavar="OUT", help="Where to write the result.")]
Language = Annotated[str, typer.Option("--lang", metavar="ja|en", help="Language of explanations and faults.")]
# One thread: sums then have one order, and the work is too fine to share anyway.
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@app.command()
def analyse(
    votes: Annotated[Path, typer.Argument(metavar="VOTES.csv", help="participant,statement,vote")],
    statements: Annotated[Path, typer.Option("--statements", metavar="S.csv", help="statement,text,moderated")],
    out: Out = None,
    method: Annotated[str, typer.Option("--method", metavar="robust|polis", help="polis: for comparison.")] = "robust",
    previous: Annotated[
        Path | None, typer.Option("--previous", metavar="R0.json", help="An earlier result: groups keep their numbers.")
    ] = None,
    lang: Language = "ja",
) -> None:
    """Group the participants and say what each group and all of them agree on (kyodo-opinion/1).

    Example: kyodo opinion analyse votes.csv --statements statements.csv --out result.json
    """
    _one_of("--lang", lang, ("ja", "en"))
    _one_of("--method", method, ("robust", "polis"))
    os.environ.update(dict.fromkeys(THREADS, "1"))
    from kyodo.engines.opinion.analyse import analyse as analyse_votes
    from kyodo.engines.opinion.faults import BadInputError
    from kyodo.engines.opinion.previous import read_previous
    from kyodo.engines.opinion.reading import read_statements, read_votes
    from kyodo.engines.opinion.result import written

    try:
        before = None if previous is None else read_previous(previous)
        read = read_votes(votes, read_statements(statements))
    except BadInputError as bad:
        raise _refused(bad, lang) from bad
    people, many = f"{len(read.participants):,}", f"{len(read.value):,}"
    typer.echo(f"{votes}: {people} × {len(read.statements):,}, {many}", err=True)
    _write(written(analyse_votes(read, method=method, previous=before).document(lang)), out)


@app.command()
def like(
    statements: Annotated[Path, typer.Argument(metavar="S.csv", help="statement,text,moderated")],
    out: Out = None,
    lang: Language = "ja",
) -> None:
    """Statements that say nearly the same, for a moderator who may merge them: statement1,statement2,score,words.

    Example: kyodo opinion like statements.csv --out like.csv
    """
    _one_of("--lang", lang, ("ja", "en"))
    from kyodo.engines.opinion.alike import alike
    from kyodo.engines.opinion.faults import BadInputError
    from kyodo.engines.opinion.reading import read_statements

    try:
        read = read_statements(statements)
    except BadInputError as bad:
        raise _refused(bad, lang) from bad
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("statement1", "statement2", "score", "words"))
    writer.writerows((pair.one, pair.other, pair.score, " ".join(pair.shared)) for pair in alike(read))
    _write(text.getvalue(), out)


def _one_of(option: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        typer.echo(f"{option}: {value}: {', '.join(known)}", err=True)
        raise typer.Exit(2)


def _refused(bad: BadInputError, lang: str) -> typer.Exit:
    """One line a fault on stderr; the exit code of bad input."""
    for fault in bad.faults:
        typer.echo(f"{bad.path}:{fault.said(lang)}", err=True)
    if bad.more:
        typer.echo(f"{bad.path}: +{bad.more}", err=True)
    return typer.Exit(2)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        typer.echo(f"--out: {out}: {error.strerror}", err=True)
        raise typer.Exit(2) from error
