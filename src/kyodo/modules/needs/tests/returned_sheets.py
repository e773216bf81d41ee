"""Sheets of needs for the tests: sent out through the page, filled in with openpyxl, sent back through the page."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from kyodo.core.sheets.models import SheetReturn

XLSX_HEAD = 5
COLUMNS = {
    "番号": 1,
    "団体": 2,
    "件名": 3,
    "困り": 4,
    "分野": 5,
    "人数": 6,
    "時間": 7,
    "費用": 8,
    "時期": 9,
    "範囲": 10,
}


def sent_out(person: Any, query: str = "") -> tuple[str, bytes]:
    """Name and content of the sheet that a person makes of the list."""
    answer = person.browser().post(f"/needs/sheet/{query}", {"due_on": ""})
    assert answer.status_code == 200, answer.content.decode()[:500]
    return str(answer.headers["Content-Disposition"]), answer.content


def filled(content: bytes, cells: dict[tuple[int, str], Any], change: Callable[[Any], None] | None = None) -> bytes:
    """The sheet with cells (need's number, column) written, and whatever else somebody does to the workbook."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    rows = {page.cell(row, 1).value: row for row in range(XLSX_HEAD + 1, page.max_row + 1)}
    for (number, column), value in cells.items():
        page.cell(rows[number], COLUMNS[column]).value = value
    if change:
        change(book)
    return saved(book)


def with_new(content: bytes, *rows: dict[str, Any]) -> bytes:
    """The sheet with new needs in its free rows."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    free = [row for row in range(XLSX_HEAD + 1, page.max_row + 1) if page.cell(row, 1).value is None]
    for place, row in zip(free, rows, strict=False):
        for column, value in row.items():
            page.cell(place, COLUMNS[column]).value = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hand_in(person: Any, *files: tuple[str, bytes]) -> list[SheetReturn]:
    """Send files back; the returns that came of it, in order."""
    last = SheetReturn.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    answer = person.browser().post("/sheets/hand-in/", {"papers": uploads})
    assert answer.status_code == 302, answer.content.decode()
    return list(SheetReturn.objects.filter(pk__gt=last).order_by("pk"))


def told(returned: SheetReturn) -> dict[str, str]:
    """Cell → reason of a refused return."""
    return {cell: text.format(**facts) for _sheet, cell, text, facts in returned.outcome["faults"]}
