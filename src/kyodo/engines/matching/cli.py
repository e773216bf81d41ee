"""`kyodo matching`: the engine on files. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="Plan shared specialists: who serves which request, with a bound and a reason for each no.")

MOST_FAULTS = 50
TELL_EVERY = 1.0  # seconds between lines of progress

Out = Annotated[Path | None, typer.Option("--out", metavar="R.json", help="Where to write the result.")]
Limit = Annotated[float, typer.Option("--time-limit", metavar="S", min=0.0, help="Seconds; 0 for no limit.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the order in which things are tried.")]
Language = Annotated[str, typer.Option("--lang", metavar="ja|en", help="Language of the explanations.")]


class _Teller:
    """Writes lines of progress to stderr, not more than one a second."""

    def __init__(self) -> None:
        self.last = -TELL_EVERY

    def __call__(self, points: int, bound: int, seconds: float) -> None:
        if seconds - self.last >= TELL_EVERY:
            self.last = seconds
            gap = (points - bound) / max(1, abs(points))
            typer.echo(f"plan {points:,}  bound {bound:,}  gap {gap:.2%}  {seconds:.1f} s", err=True)


@app.command()
def plan(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="A problem file, kyodo-matching/1.")],
    out: Out = None,
    time_limit: Limit = 0.0,
    fair: Annotated[bool, typer.Option("--fair", help="Small municipalities first, then the worst-off band.")] = False,
    steady: Annotated[
        float | None,
        typer.Option("--steady", metavar="PERCENT", min=0.0, help="Fewest changes for at most so much more cost."),
    ] = None,
    seed: Seed = 0,
    lang: Language = "ja",
) -> None:
    """Plan a quarter of shared specialists.

    Example: kyodo matching plan problem.json --out result.json --time-limit 60
    """
    if lang not in ("ja", "en"):
        typer.echo(f"--lang: {lang}: ja, en", err=True)
        raise typer.Exit(2)
    if fair and steady is not None:
        typer.echo("--steady: not with --fair, which decides by levels which changes are worth making", err=True)
        raise typer.Exit(2)
    from kyodo.engines.matching.plan import plan as make_plan
    from kyodo.engines.matching.reading import read_problem
    from kyodo.engines.patience import Patience
    from kyodo.engines.reading.document import BadInputError, load_document

    with Patience():  # Ctrl-C from here on ends the search, never the writing of what it found
        try:
            read = read_problem(load_document(problem))
        except BadInputError as bad:
            raise _refused(problem, bad, lang) from bad
        teller = _Teller()
        limit, share = time_limit or float("inf"), None if steady is None else steady / 100
        result = make_plan(read, time_limit=limit, seed=seed, fair=fair, steady=share, progress=teller)
        _write(result.document(lang), out)


@app.command()
def worth(result: Annotated[Path, typer.Argument(metavar="RESULT.json", help="What `plan` wrote.")]) -> None:
    """Print what changes would bring, the most useful of each kind first: points saved, then a sentence.

    Example: kyodo matching worth result.json
    """
    from kyodo.engines.matching.reading.result import read_worth
    from kyodo.engines.reading.document import BadInputError, load_document

    try:
        rows = read_worth(load_document(result))
    except BadInputError as bad:
        raise _refused(result, bad, "ja") from bad
    before = None
    for change, saves, sentence in rows:
        if before not in (None, change):
            typer.echo("")
        before = change
        typer.echo(f"{saves:>8,}  {sentence}")


@app.command()
def gap(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="m n, costs, resources, capacities.")],
    time_limit: Limit = 60.0,
    seed: Seed = 0,
) -> None:
    """Solve a generalised assignment problem in the field's plain text form.

    Example: kyodo matching gap c05100.txt --time-limit 60
    """
    from kyodo.engines.matching.gap.reading import read_assignment
    from kyodo.engines.matching.gap.solve import solve
    from kyodo.engines.patience import Patience
    from kyodo.engines.reading.document import BadInputError

    with Patience(time_limit or float("inf")) as patience:
        try:
            read = read_assignment(file)
        except BadInputError as bad:
            raise _refused(file, bad, "ja") from bad
        answer = solve(read, patience, seed=seed, progress=_Teller())
        _write(answer.document(), None)
        if not answer.found:
            raise typer.Exit(1)


def _refused(path: Path, bad: Any, lang: str) -> typer.Exit:
    """One line a fault on stderr; the exit code of bad input."""
    for fault in bad.faults[:MOST_FAULTS]:
        typer.echo(f"{path}:{fault.said(lang)}", err=True)
    if len(bad.faults) > MOST_FAULTS:
        typer.echo(f"{path}: +{len(bad.faults) - MOST_FAULTS}", err=True)
    return typer.Exit(2)


def _write(document: dict[str, Any], out: Path | None) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    if out is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        typer.echo(f"--out: {out}: {error.strerror}", err=True)
        raise typer.Exit(2) from error
