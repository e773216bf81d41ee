"""Looks at a workbook before it is read: formulas and links that must not be in it, and how far its cells reach.

A reader gives a formula's last result, and makes a full table of everything up to the farthest cell; so both are asked
of the file's own text first. The old XLS is binary: there a formula's result is read as a value.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from defusedxml.ElementTree import fromstring, iterparse

from kyodo.core.sheets import rules
from kyodo.core.sheets.compare import CellFault
from kyodo.engines.words import _

FORMULA = _("数式が入っています。値だけにして（コピーして「値の貼り付け」）、もう一度送ってください。")
LINKED = _("ほかのファイルへのリンクが入っています。リンクを解除して保存し、もう一度送ってください。")
TOO_FAR = _("行か列が多すぎます（上限{limit}行）。余分な行と列を消してください。")
MOST_COLUMNS = 400
MOST_CELLS = 5_000_000

CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>(\s*<(?:\w+:)?f\b)?")
PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def cell_name(row: int, column: int) -> str:
    """The name of a cell, both counted from 0: (11, 2) → C12."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def column_number(letters: str) -> int:
    """The number of a column, counted from 0: C → 2."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def faults_of_xlsx(file: BinaryIO) -> Iterator[CellFault]:
    """What must not be in a workbook of Office Open XML."""
    archive = zipfile.ZipFile(file)
    names = archive.namelist()
    if any(name.startswith("xl/externalLinks/") for name in names):
        yield CellFault("", "", LINKED)
    titles = _titles(archive)
    for name in names:
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        content, title = archive.read(name), titles.get(name, "")
        rows = columns = 0
        for found in CELL.finditer(content):
            place = PLACE.search(found[1])
            if place is not None:
                rows = max(rows, int(place[2]))
                columns = max(columns, column_number(place[1].decode()) + 1)
            if found[3]:
                yield CellFault(title, (place[1] + place[2]).decode() if place else "", FORMULA)
        yield from _fault_of_reach(title, rows, columns)


def faults_of_ods(file: BinaryIO) -> Iterator[CellFault]:
    """What must not be in a workbook of OpenDocument."""
    title, row, column, held = "", 0, 0, False
    rows = columns = 0
    with zipfile.ZipFile(file).open("content.xml") as content:
        for event, element in iterparse(content, events=("start", "end")):
            name = element.tag.removeprefix(TABLE)
            if event == "start":
                if name == "table":
                    title, row, rows, columns = element.get(f"{TABLE}name", ""), 0, 0, 0
                elif name == "table-row":
                    column, held = 0, False
                continue
            if name in {"table-cell", "covered-table-cell"}:
                if element.get(f"{TABLE}formula"):
                    yield CellFault(title, cell_name(row, column), FORMULA)
                column += int(element.get(f"{TABLE}number-columns-repeated", 1))
                if len(element):
                    held, columns = True, max(columns, column)
            elif name == "table-row":
                row += int(element.get(f"{TABLE}number-rows-repeated", 1))
                rows = row if held else rows
                element.clear()
            elif name == "table":
                yield from _fault_of_reach(title, rows, columns)
            elif name == "table-source":
                yield CellFault(title, "", LINKED)


def _fault_of_reach(title: str, rows: int, columns: int) -> Iterator[CellFault]:
    if rows > rules.MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        yield CellFault(title, "", TOO_FAR, {"limit": rules.MOST_ROWS})


def _titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name that people see of each worksheet's file."""
    try:
        book = fromstring(archive.read("xl/workbook.xml"))
        relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except KeyError:
        return {}
    targets = {one.get("Id"): str(one.get("Target", "")).lstrip("/").removeprefix("xl/") for one in relations}
    sheets = [element for element in book.iter() if element.tag.rpartition("}")[2] == "sheet"]
    return {f"xl/{targets.get(one.get(RELATION), '')}": one.get("name", "") for one in sheets}
