"""Pages of the docs that are written from the code: `python -m tests.reference --write` renews them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import typer.main
from typer.testing import CliRunner

from kyodo.config.cli import app

COMMANDS_PAGE = Path(__file__).parents[1] / "docs" / "operate" / "commands.md"
LEAD = """# Commands

Written from the program by `make docs`. Exit codes: 0 done; 1 the answer is no; 2 bad input, one line a fault.
"""


def commands() -> Iterator[tuple[str, ...]]:
    """Every command, as the words behind `kyodo`."""
    yield from _below(typer.main.get_command(app), ())


def _below(command: object, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield words
        return
    for name, one in sorted(inner.items()):
        yield from _below(one, (*words, name))


def help_text(words: tuple[str, ...]) -> str:
    """What `--help` prints, at a fixed width."""
    answer = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "100"}).invoke(
        app, [*words, "--help"], prog_name="kyodo"
    )
    return answer.stdout.strip()


def page() -> str:
    """The whole page."""
    parts = [LEAD]
    for words in commands():
        parts.append(f"## `kyodo {' '.join(words)}`\n\n```\n{help_text(words)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    if "--write" in sys.argv:
        COMMANDS_PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0 if COMMANDS_PAGE.exists() and COMMANDS_PAGE.read_text(encoding="utf-8") == page() else 1)
