"""Reading the fields of JSON objects one by one, noting what is wrong and carrying on, so that all is told at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kyodo.engines.reading.document import Fault, Members, NotANumber
from kyodo.engines.sentences import Fact, Sentence
from kyodo.engines.words import _

LARGEST_NUMBER = 2**53  # past this a JSON reader elsewhere would lose digits


class Notes:
    """The faults found so far."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.warnings: list[Sentence] = []

    def wrong(self, where: str, what: str, expected: str, **facts: Fact) -> None:
        """Note a fault; both templates are filled from the same facts."""
        self.faults.append(Fault(where, Sentence(what, facts), Sentence(expected, facts)))


class Fields:
    """The fields of one JSON object.

    A getter returns the value, or None when the field is absent or wrong; wrong ones are noted.
    """

    def __init__(self, value: Any, where: str, notes: Notes, known: tuple[str, ...]) -> None:
        self.where = where
        self.notes = notes
        self.sound = isinstance(value, dict)
        self.members: dict[str, Any] = value if isinstance(value, dict) else {}
        if not self.sound:
            notes.wrong(where, _("オブジェクトではありません"), _("波括弧で囲んだ項目の並び"))
            return
        for key in getattr(value, "repeated", ()):
            notes.wrong(f"{where}.{key}", _("同じ名前の項目が二つあります"), _("項目は一つ"))
        for key in self.members:
            if key not in known:
                self._unknown(key, known)

    def _unknown(self, key: str, known: tuple[str, ...]) -> None:
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
        self.notes.wrong(f"{self.where}.{key}", _("知らない項目です"), _("いちばん近い項目は {near}"), near=near[0])

    def at(self, key: str) -> str:
        """JSON path of a field."""
        return f"{self.where}.{key}"

    def has(self, key: str) -> bool:
        """Whether the field was written, and not as null."""
        return self.members.get(key) is not None

    def _take(self, key: str, needed: bool) -> Any:
        value = self.members.get(key)
        if value is None and needed and self.sound:
            self.notes.wrong(self.at(key), _("値がありません"), _("{key} の値"), key=key)
        return value

    def text(self, key: str, *, needed: bool = True) -> str | None:
        """A text that is not empty."""
        value = self._take(key, needed)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.notes.wrong(self.at(key), _("文字列ではないか、空です"), _("空でない文字列"))
            return None
        return value

    def whole(self, key: str, *, least: int = 0, needed: bool = True) -> int | None:
        """A whole number, `least` to 2^53."""
        return whole_number(self._take(key, needed), self.at(key), self.notes, least=least)

    def fraction(self, key: str, *, most: int | None = None, needed: bool = False) -> Fraction | None:
        """A decimal, exactly as written, at least 0."""
        return exact_fraction(self._take(key, needed), self.at(key), self.notes, most=most)

    def flag(self, key: str, *, otherwise: bool) -> bool:
        """True or false."""
        value = self._take(key, needed=False)
        if value is None:
            return otherwise
        if not isinstance(value, bool):
            self.notes.wrong(self.at(key), _("真偽値ではありません"), _("true か false"))
            return otherwise
        return value

    def choice(self, key: str, allowed: tuple[str, ...], otherwise: str) -> str:
        """One of the allowed texts."""
        value = self._take(key, needed=False)
        if value is None:
            return otherwise
        if value not in allowed:
            self.notes.wrong(self.at(key), _("知らない値です"), _("{allowed} のどれか"), allowed=", ".join(allowed))
            return otherwise
        return str(value)

    def rows(self, key: str, *, needed: bool = True, filled: bool = False) -> Iterator[tuple[str, Any]]:
        """Path and value of each element of an array."""
        value = self._take(key, needed)
        if value is None:
            return
        if not isinstance(value, list):
            self.notes.wrong(self.at(key), _("配列ではありません"), _("角括弧で囲んだ並び"))
            return
        if filled and not value:
            self.notes.wrong(self.at(key), _("空です"), _("一つ以上"))
        for place, element in enumerate(value):
            yield f"{self.at(key)}[{place}]", element

    def table(self, key: str) -> Iterator[tuple[str, str, Any]]:
        """Path, name and value of each entry of an object that is a table."""
        value = self._take(key, needed=False)
        if value is None:
            return
        if not isinstance(value, Members | dict):
            self.notes.wrong(self.at(key), _("オブジェクトではありません"), _("波括弧で囲んだ項目の並び"))
            return
        for name in getattr(value, "repeated", ()):
            self.notes.wrong(f"{self.at(key)}.{name}", _("同じ名前の項目が二つあります"), _("項目は一つ"))
        for name, element in value.items():
            yield f"{self.at(key)}.{name}", name, element


def whole_number(value: Any, where: str, notes: Notes, *, least: int) -> int | None:
    """A whole number from `least` to 2^53; None, and noted, when it is anything else."""
    if value is None:
        return None
    if isinstance(value, NotANumber):
        notes.wrong(where, _("{text} は数として使えません"), _("{least} 以上の整数"), text=value.text, least=least)
        return None
    if isinstance(value, Decimal):
        notes.wrong(where, _("端数があります（{value}）"), _("{least} 以上の整数"), value=str(value), least=least)
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        notes.wrong(where, _("数ではありません"), _("{least} 以上の整数"), least=least)
        return None
    if value < least:
        notes.wrong(where, _("小さすぎます（{value}）"), _("{least} 以上の整数"), value=value, least=least)
        return None
    if value > LARGEST_NUMBER:
        notes.wrong(where, _("大きすぎます（{value}）"), _("2の53乗以下の整数"), value=value)
        return None
    return value


def exact_fraction(value: Any, where: str, notes: Notes, *, most: int | None) -> Fraction | None:
    """The exact value of a decimal ≥ 0 (and ≤ `most`); None, and noted, when it is anything else."""
    if value is None:
        return None
    if isinstance(value, NotANumber):
        notes.wrong(where, _("{text} は数として使えません"), _("0 以上の数"), text=value.text)
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        notes.wrong(where, _("数ではありません"), _("0 以上の数"))
        return None
    exact = Fraction(value)
    if exact < 0 or (most is not None and exact > most):
        expected = _("0 以上の数") if most is None else _("0 から {most} までの数")
        notes.wrong(where, _("範囲の外です（{value}）"), expected, value=str(value), most=most or 0)
        return None
    return exact
