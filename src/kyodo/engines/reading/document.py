"""From bytes to JSON values, with every number exact and every fault of the text told by its line."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kyodo.engines.sentences import Sentence
from kyodo.engines.words import _

LARGEST_FILE = 100_000_000  # bytes; a region's tender has under 2 MB
MOST_DIGITS = 40  # of a number: past this it can't be yen, and arithmetic on it would only cost time


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the input.

    Parameters
    ----------
    where : str
        JSON path (`$.offers[3].tiers[0].min`), or `line n` for a text that is no JSON.
    what, expected : Sentence
    """

    where: str
    what: Sentence
    expected: Sentence

    def said(self, language: str = "ja") -> str:
        """One line: where: what: expected."""
        return f"{self.where}: {self.what.said(language)}: {self.expected.said(language)}"


class BadInputError(Exception):
    """The input can't be used; `faults` names everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.said() for fault in faults[:5]))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class NotANumber:
    """A literal that JSON does not know (NaN, Infinity) or a number of absurd length, kept to be told with its path."""

    text: str


class Members(dict[str, Any]):
    """A JSON object that remembers which keys were written twice."""

    repeated: tuple[str, ...] = ()


def _members(pairs: list[tuple[str, Any]]) -> Members:
    found = Members(pairs)
    if len(found) != len(pairs):
        found.repeated = tuple(key for key, times in Counter(key for key, _value in pairs).items() if times > 1)
    return found


def _whole(text: str) -> int | NotANumber:
    return int(text) if len(text) <= MOST_DIGITS else NotANumber(text[:12] + "…")


def _decimal(text: str) -> Decimal | NotANumber:
    if len(text) > MOST_DIGITS:
        return NotANumber(text[:12] + "…")
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    return value if isinstance(exponent, int) and abs(exponent) <= MOST_DIGITS else NotANumber(text)


def load_document(path: Path) -> Any:
    """Read a JSON file.

    Raises
    ------
    BadInputError
        If it is missing, too large, not UTF-8, or not JSON.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInputError([Fault("$", Sentence(_("ファイルが大きすぎます")), Sentence(_("100 MB 以下")))])
        data = path.read_bytes()
    except OSError as error:
        what = Sentence(_("ファイルを読めません（{reason}）"), {"reason": error.strerror or str(error)})
        raise BadInputError([Fault("$", what, Sentence(_("読めるファイルの名前")))]) from error
    return parse_document(data)


def parse_document(data: bytes) -> Any:
    """Parse JSON bytes; integers stay `int`, other numbers become `Decimal`.

    Raises
    ------
    BadInputError
        If the bytes are not UTF-8 or not JSON.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInputError(
            [_at_line(line, Sentence(_("UTF-8 ではありません")), Sentence(_("UTF-8 の JSON")))]
        ) from error
    try:
        return json.loads(
            text, parse_int=_whole, parse_float=_decimal, parse_constant=NotANumber, object_pairs_hook=_members
        )
    except json.JSONDecodeError as error:
        ended = error.pos >= len(text.rstrip())
        what = _("ファイルが途中で終わっています") if ended else _("JSON として読めません")
        raise BadInputError([_at_line(error.lineno, Sentence(what), Sentence(_("正しい JSON")))]) from error
    except RecursionError as error:
        deep = Sentence(_("入れ子が深すぎます"))
        raise BadInputError([Fault("$", deep, Sentence(_("正しい JSON")))]) from error


def _at_line(line: int, what: Sentence, expected: Sentence) -> Fault:
    return Fault(f"line {line}", what, expected)
