"""`kyodo award`: the engine on files. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="Award joint tenders: the cheapest valid choice of offers, proven and explained.")

MOST_FAULTS = 50
INFEASIBLE = ("infeasible", "no_solution_found")

Problem = Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="A problem file.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="R.json", help="Where to write the result.")]
Limit = Annotated[float, typer.Option("--time-limit", metavar="S", min=0.0, help="Seconds; 0 for no limit.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Seed of heuristics and samples.")]
Change = Annotated[
    list[str] | None,
    typer.Option("--what-if", metavar="CHANGE", help="without:ID, local, winners:N or rules; may be repeated."),
]
Language = Annotated[str, typer.Option("--lang", metavar="ja|en", help="Language of the explanations.")]


@app.command()
def solve(
    problem: Problem,
    out: Out = None,
    time_limit: Limit = 0.0,
    seed: Seed = 0,
    what_if: Change = None,
    lang: Language = "ja",
) -> None:
    """Award a tender (kyodo-award/1) or an auction (kyodo-award-auction/1).

    Example: kyodo award solve problem.json --out result.json --time-limit 60 --what-if rules
    """
    _known_language(lang)
    from kyodo.engines.award.auction import FORMAT as AUCTION
    from kyodo.engines.award.auction import read_auction, solve_auction
    from kyodo.engines.award.reading import BadInputError, load_document, read_problem
    from kyodo.engines.award.solve import announcement
    from kyodo.engines.award.solve import solve as solve_problem
    from kyodo.engines.award.what_if import UnknownChangeError
    from kyodo.engines.patience import Patience

    limit = time_limit or float("inf")
    with Patience():  # Ctrl-C from here on ends the search, never the writing of what it found
        try:
            document = load_document(problem)
            if isinstance(document, dict) and document.get("format") == AUCTION:
                auction = read_auction(document)
                outcome = solve_auction(auction, time_limit=limit)
                _write(outcome.document(auction), out)
                return
            read, warnings = read_problem(document)
            typer.echo(f"{problem}: {announcement(read).said(lang)}", err=True)
            result = solve_problem(read, time_limit=limit, seed=seed, changes=what_if or (), warnings=warnings)
        except BadInputError as bad:
            raise _refused(problem, bad, lang) from bad
        except UnknownChangeError as unknown:
            typer.echo(f"--what-if: {unknown}: without:ID, local, winners:N, rules", err=True)
            raise typer.Exit(2) from unknown
        _write(result.document(lang), out)
        if result.status in INFEASIBLE:
            raise typer.Exit(1)


@app.command()
def allocate(
    problem: Problem,
    rule: Annotated[str, typer.Option("--rule", metavar="uniform|shapley|core", help="How to share.")] = "uniform",
    out: Out = None,
    seed: Seed = 0,
    time_limit: Limit = 0.0,
    lang: Language = "ja",
) -> None:
    """Share what the award costs among the buyers, and say whether a group would be better off alone.

    Example: kyodo award allocate problem.json --rule shapley
    """
    _known_language(lang)
    if rule not in ("uniform", "shapley", "core"):
        typer.echo(f"--rule: {rule}: uniform, shapley, core", err=True)
        raise typer.Exit(2)
    from kyodo.engines.award.allocate.report import allocate as allocate_award
    from kyodo.engines.award.reading import BadInputError, load_document, read_problem
    from kyodo.engines.award.solve import solve as solve_problem

    try:
        read, warnings = read_problem(load_document(problem))
    except BadInputError as bad:
        raise _refused(problem, bad, lang) from bad
    result = solve_problem(read, time_limit=time_limit or float("inf"), seed=seed, warnings=warnings)
    if result.award is None:
        _write(result.document(lang), out)
        raise typer.Exit(1)
    _write(allocate_award(read, result.award, rule=rule, seed=seed).document(lang), out)


def _known_language(lang: str) -> None:
    if lang not in ("ja", "en"):
        typer.echo(f"--lang: {lang}: ja, en", err=True)
        raise typer.Exit(2)


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
