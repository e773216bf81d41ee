"""Reads what a written result says changes would bring; older ones said less."""

from __future__ import annotations

from typing import Any

from kyodo.engines.reading.document import BadInputError, Fault
from kyodo.engines.sentences import Sentence
from kyodo.engines.words import _

FORMAT = "kyodo-matching-result/1"


def read_worth(document: Any) -> list[tuple[str, int, str]]:
    """Each change of a result: its kind, the points it saves, and a sentence.

    The first results had no sentence, which is then the kind, and told what the plan would cost instead of the saving.

    Raises
    ------
    BadInputError
        If the document is no result.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _bad("$.format")
    rows = document.get("what_if", [])
    if not isinstance(rows, list):
        raise _bad("$.what_if")
    return [_row(row, document.get("objective"), f"$.what_if[{number}]") for number, row in enumerate(rows)]


def _row(row: Any, objective: Any, where: str) -> tuple[str, int, str]:
    if not isinstance(row, dict) or not isinstance(row.get("change"), str):
        raise _bad(where)
    saves = row.get("saves")
    if saves is None and isinstance(objective, int) and isinstance(row.get("objective"), int):
        saves = objective - row["objective"]
    if not isinstance(saves, int):
        raise _bad(f"{where}.saves")
    return row["change"], saves, str(row.get("because", row["change"]))


def _bad(where: str) -> BadInputError:
    expected = Sentence(_("形式 {form}"), {"form": FORMAT})
    return BadInputError([Fault(where, Sentence(_("計画の結果として読めません")), expected)])
