"""Finds in a returned file which sheet it is, where its table begins, and which column is which.

Names and order of sheets and columns may have changed, styles and hidden sheets may be gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from kyodo.core.sheets import rules, values
from kyodo.core.sheets.compare import CellFault, ReadRow
from kyodo.core.sheets.declaration import Kind, Sheet, SheetColumn, Value
from kyodo.core.sheets.reading import Table, refused
from kyodo.core.sheets.scanning import cell_name
from kyodo.core.sheets.values import Unreadable
from kyodo.core.ui.parts import Text
from kyodo.engines.words import _

SEARCHED_ROWS = 30
NOT_FOUND = _("返送用番号が見つかりません。お送りした様式に書いて返送するか、ファイル名に番号を入れてください。")
WRONG_NUMBER = _("返送用番号「{number}」は正しくありません。お送りした様式の番号を写してください。")
TWO_NUMBERS = _("返送用番号が2つあります：{numbers}。様式ごとに別のファイルで返送してください。")


def number_of(tables: Sequence[Table], file_name: str) -> str:
    """The return number: from a cell of any sheet, hidden ones too, or from the file's name; SheetRefused otherwise."""
    right, wrong = set(), set()
    for table in tables:
        for row in table.rows[:SEARCHED_ROWS]:
            for cell in row:
                if isinstance(cell, str) and len(cell) < 200:
                    good, bad = rules.numbers_in(cell)
                    right |= good
                    wrong |= bad
    if not right:
        right, bad = rules.numbers_in(file_name)
        wrong |= bad
    if len(right) > 1:
        raise refused(TWO_NUMBERS, numbers=", ".join(sorted(right)))
    if not right:
        raise refused(WRONG_NUMBER, number=min(wrong)) if wrong else refused(NOT_FOUND)
    return right.pop()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's table stands: its table, the row of its headings, and the column of each key."""

    table: Table
    head: int
    identity: int
    columns: dict[str, int]


def layout(tables: Sequence[Table], sheet: Sheet) -> Layout:
    """The table with the most of the sheet's headings; SheetRefused where there is none."""
    known = {word: column.key for column in sheet.columns for word in _said(column.label)}
    identity = _said(sheet.identity)
    best: Layout | None = None
    for table in tables:
        for number, row in enumerate(table.rows[:SEARCHED_ROWS]):
            found: dict[str, int] = {}
            first = -1
            for place, cell in enumerate(row):
                word = _heading(cell)
                if word in identity and first < 0:
                    first = place
                elif word in known:
                    found.setdefault(known[word], place)
            if first >= 0 and found and (best is None or len(found) > len(best.columns)):
                best = Layout(table, number, first, found)
    if best is None:
        raise refused(
            _("見出しの行（「{identity}」の列）が見つかりません。見出しを消さずに返送してください。"),
            identity=str(sheet.identity),
        )
    return best


def read_rows(
    place: Layout, sheet: Sheet, *, locked: dict[int, dict[str, str]]
) -> tuple[list[ReadRow], list[CellFault]]:
    """The rows below the headings, and every cell that can't be read. `locked` has the digests of locked columns."""
    rows, faults = [], []
    words = {
        column.key: {value: list(_words(word)) for value, word in column.choices.items()}
        for column in sheet.columns
        if column.kind is Kind.CHOICE
    }
    name = place.table.name
    for number, raw in enumerate(place.table.rows[place.head + 1 :], start=place.head + 1):
        if all(values.is_empty(cell) for cell in raw):
            continue
        cells = {key: cell_name(number, column) for key, column in place.columns.items()}
        where = cell_name(number, place.identity)
        try:
            key = _identity(raw[place.identity] if place.identity < len(raw) else None)
        except Unreadable as fault:
            faults.append(CellFault(name, where, fault.text, fault.facts))
            continue
        told, wrong = _read_values(raw, place, sheet.of_new if key is None else sheet.editable, words=words)
        faults += [CellFault(name, cells[column], fault.text, fault.facts) for column, fault in wrong.items()]
        if key is not None:
            for column, digest in locked.get(key, {}).items():
                at = place.columns.get(column)
                if at is not None and at < len(raw) and values.digest_of(values.text(raw[at])) != digest:
                    faults.append(CellFault(name, cells[column], LOCKED))
        rows.append(ReadRow(key, where, {k: v for k, v in told.items() if k not in wrong}, cells))
    return rows, faults


LOCKED = _("この列は変えられません。元の内容に戻してください。")
NEEDED = _("入力してください。")


def _read_values(
    raw: Sequence[Any], place: Layout, columns: Sequence[SheetColumn], *, words: dict[str, dict[str, list[str]]]
) -> tuple[dict[str, Value], dict[str, Unreadable]]:
    told: dict[str, Value] = {}
    wrong: dict[str, Unreadable] = {}
    for column in columns:
        at = place.columns.get(column.key)
        if at is None:
            continue
        cell = raw[at] if at < len(raw) else None
        if values.is_empty(cell):
            told[column.key] = None
            if column.required:
                wrong[column.key] = Unreadable(NEEDED)
            continue
        try:
            told[column.key] = _value(cell, column, words=words.get(column.key, {}))
        except Unreadable as fault:
            wrong[column.key] = fault
    return told, wrong


def _value(cell: Any, column: SheetColumn, *, words: dict[str, list[str]]) -> Value:
    match column.kind:
        case Kind.WHOLE:
            return values.whole(cell, unit=column.unit)
        case Kind.YEN:
            return values.whole(cell, unit="円")
        case Kind.DAY:
            return values.day(cell)
        case Kind.CHOICE:
            return values.choice(cell, words=words)
        case Kind.CODE:
            return values.code(cell, digits=column.digits)
    return values.text(cell)


def _identity(cell: Any) -> int | None:
    if values.is_empty(cell):
        return None
    if isinstance(cell, str):
        cell = cell.strip().removeprefix("#").removeprefix("＃")
    return values.whole(cell)


def _heading(cell: Any) -> str:
    """A heading as it is compared: without the mark of what is required."""
    if not isinstance(cell, str):
        return ""
    said = values.plain(cell)
    for mark in _said(_("（必須）")):
        said = said.removesuffix(mark)
    return said


def _words(text: Text) -> Iterator[str]:
    """A text in each language, the reader's own first."""
    yield str(text)
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield translation.gettext(str(text))


def _said(text: Text) -> set[str]:
    return {values.plain(word) for word in _words(text)}
