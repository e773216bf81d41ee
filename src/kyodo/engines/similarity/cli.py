"""`kyodo similarity`: the engine on files. The dictionary is loaded only when a command runs."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kyodo.engines.similarity.reading import BadInputError

app = typer.Typer(help="Find texts that mean the same: needs that are alike, demand lines to be bought together.")

MOST_FAULTS = 50
RANKED = 3

Out = Annotated[Path | None, typer.Option("--out", metavar="OUT.csv", help="Where to write the result.")]


@app.command()
def like(needs: Annotated[Path, typer.Argument(metavar="NEEDS.csv", help="id,title,body")], out: Out = None) -> None:
    """For each need the three that are most like it: id,ranked1,ranked2,ranked3.

    Example: kyodo similarity like needs.csv --out like.csv
    """
    from kyodo.engines.similarity.index import Index
    from kyodo.engines.similarity.reading import BadInputError, read_needs

    try:
        rows = read_needs(needs)
    except BadInputError as bad:
        raise _refused(needs, bad) from bad
    index: Index[str] = Index()
    for row in rows:
        index.put(row.id, row.title, row.body)
    ranked = []
    for number, row in enumerate(rows, start=1):
        if number % 1000 == 0:
            typer.echo(f"{number:,} / {len(rows):,}", err=True)
        hits = [hit.id for hit in index.like(row.title, row.body, first=RANKED + 1) if hit.id != row.id][:RANKED]
        ranked.append((row.id, *hits, *[""] * (RANKED - len(hits))))
    _write(("id", "ranked1", "ranked2", "ranked3"), ranked, out)


@app.command()
def merge(
    lines: Annotated[Path, typer.Argument(metavar="LINES.csv", help="line_id,body,text,quantity,unit")],
    out: Out = None,
) -> None:
    """Propose which demand lines mean the same: line_id,cluster,score. Another unit or measure is never merged.

    Example: kyodo similarity merge lines.csv --out clusters.csv
    """
    from kyodo.engines.similarity.merge import merge as merge_lines
    from kyodo.engines.similarity.reading import BadInputError, read_lines

    try:
        rows = read_lines(lines)
    except BadInputError as bad:
        raise _refused(lines, bad) from bad
    cluster_of = {
        line: (number, cluster.score)
        for number, cluster in enumerate(merge_lines(rows).clusters, start=1)
        for line in cluster.line_ids
    }
    _write(("line_id", "cluster", "score"), [(row.id, *map(str, cluster_of[row.id])) for row in rows], out)


def _refused(path: Path, bad: BadInputError) -> typer.Exit:
    """One line a fault on stderr; the exit code of bad input."""
    for fault in bad.faults[:MOST_FAULTS]:
        typer.echo(f"{path}:{fault}", err=True)
    if len(bad.faults) > MOST_FAULTS:
        typer.echo(f"{path}: +{len(bad.faults) - MOST_FAULTS}", err=True)
    return typer.Exit(2)


def _write(header: Sequence[str], rows: Iterable[Sequence[str]], out: Path | None) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *rows])
    if out is None:
        sys.stdout.buffer.write(text.getvalue().encode())
        sys.stdout.buffer.flush()
        return
    try:
        out.write_text(text.getvalue(), encoding="utf-8")
    except OSError as error:
        typer.echo(f"--out: {out}: {error.strerror}", err=True)
        raise typer.Exit(2) from error
