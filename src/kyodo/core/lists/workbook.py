"""A list as a workbook. The only file of the web that loads openpyxl, so import it where a workbook is really made."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from kyodo.core.lists.declaration import Listing, Row, Value
from kyodo.core.lists.export import FORMULA_STARTS, local

ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def workbook(listing: Listing[Row], rows: Iterable[Row]) -> bytes:
    """A workbook with one sheet: bold frozen headings, real dates and numbers, a filter on every column."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=str(listing.title)[:31])
    sheet.freeze_panes = "A2"
    for index, column in enumerate(listing.columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    head = []
    for column in listing.columns:
        cell = WriteOnlyCell(sheet, value=str(column.label))
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        head.append(cell)
    sheet.append(head)
    count = 1
    for row in rows:
        sheet.append([_for_sheet(sheet, column.value(row)) for column in listing.columns])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(listing.columns))}{count}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _for_sheet(sheet: Any, value: Value) -> Any:
    value = local(value)
    if isinstance(value, datetime):
        return _formatted(sheet, value, "yyyy/mm/dd hh:mm")
    if isinstance(value, date):
        return _formatted(sheet, value, "yyyy/mm/dd")
    if isinstance(value, str):
        text = value.translate(ILLEGAL)
        if text.startswith(FORMULA_STARTS):
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"  # openpyxl would write a text with "=" as a formula
            cell.quotePrefix = True
            return cell
        return text
    return value


def _formatted(sheet: Any, value: Any, form: str) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = form
    return cell
