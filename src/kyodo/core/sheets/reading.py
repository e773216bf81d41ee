"""Reads a returned file into plain tables: XLSX, XLS and ODS through calamine, CSV in UTF-8 or CP932."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from kyodo.core.files.kinds import OFFICE, OPEN
from kyodo.core.sheets import rules, scanning
from kyodo.core.sheets.compare import CellFault
from kyodo.engines.words import _

SHEET_KINDS = {
    f"{OFFICE}.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-excel": "xls",
    f"{OPEN}.spreadsheet": "ods",
    "text/csv": "csv",
    "text/plain": "csv",
}
BROKEN = _("表として読めません。Excelで開いて保存し直してから、もう一度送ってください。")
CODES = ("utf-8-sig", "cp932")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as rows of raw values, from its cell A1 on."""

    name: str
    rows: Sequence[Sequence[Any]]


class SheetRefused(Exception):
    """The whole file can't be taken as a sheet; `faults` says why, by cell where it can."""

    def __init__(self, faults: Sequence[CellFault]) -> None:
        super().__init__("; ".join(f"{fault.sheet} {fault.cell} {fault.text}" for fault in faults[:5]))
        self.faults = tuple(faults)


def refused(text: str, **facts: Any) -> SheetRefused:
    """A refusal of the whole file."""
    return SheetRefused([CellFault("", "", text, facts)])


def tables(file: BinaryIO, media_type: str) -> list[Table]:
    """All sheets of a file that core/files has taken as `media_type`; SheetRefused where it holds what it must not."""
    kind = SHEET_KINDS.get(media_type)
    if kind is None:
        raise refused(_("Excel（XLSX・XLS）、OpenDocument（ODS）、CSVのどれかで返送してください。"))
    if kind == "csv":
        return [Table("", _lines(file.read()))]
    return _book(file, kind)


def _book(file: BinaryIO, kind: str) -> list[Table]:
    from xml.etree.ElementTree import ParseError
    from zipfile import BadZipFile

    from defusedxml.common import DefusedXmlException
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        look = {"xlsx": scanning.faults_of_xlsx, "ods": scanning.faults_of_ods}.get(kind)
        if look is not None and (faults := list(look(file))):
            raise SheetRefused(faults)
        file.seek(0)
        book = CalamineWorkbook.from_filelike(file)
        read = [Table(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except PasswordError as locked:
        raise refused(_("パスワードで保護されています。パスワードを外して保存し、もう一度送ってください。")) from locked
    except (CalamineError, BadZipFile, KeyError, ValueError, ParseError, DefusedXmlException, OSError) as broken:
        raise refused(BROKEN) from broken
    for table in read:
        if len(table.rows) > rules.MOST_ROWS:
            raise SheetRefused([CellFault(table.name, "", scanning.TOO_FAR, {"limit": rules.MOST_ROWS})])
    return read


def _lines(content: bytes) -> list[list[str]]:
    for code in CODES:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise refused(BROKEN)
    first = text.partition("\n")[0]
    separator = "\t" if first.count("\t") > first.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as broken:
        raise refused(BROKEN) from broken
    if len(rows) > rules.MOST_ROWS:
        raise refused(scanning.TOO_FAR, limit=rules.MOST_ROWS)
    # What was neutralised on the way out, as CSV keeps it, is the text itself again.
    return [[cell[1:] if cell[:2] in UNQUOTED else cell for cell in row] for row in rows]


UNQUOTED = frozenset({"'=", "'+", "'-", "'@"})
