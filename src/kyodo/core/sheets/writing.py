"""The workbook that goes out. Loads openpyxl, so import it where one is really made."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kyodo.core.files import names
from kyodo.core.lists.export import FORMULA_STARTS
from kyodo.core.lists.workbook import ILLEGAL
from kyodo.core.sheets.declaration import Kind, Sheet, SheetColumn, Value
from kyodo.core.sheets.sources import OutRow

HEAD_ROW = 5  # title, number, for whom and by when, a free line, then the headings
NEW_ROWS = 50
CUT = 32_767  # characters that Excel keeps in a cell
SHADED = PatternFill("solid", fgColor="E8E8E8")
HEADING = PatternFill("solid", fgColor="D9E6FF")
THIN = Side(style="thin", color="BFBFBF")
LINES = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FORMATS = {Kind.WHOLE: "#,##0", Kind.YEN: "#,##0", Kind.DAY: "yyyy/mm/dd", Kind.TEXT: "@", Kind.CODE: "@"}


def file_name(sheet: Sheet, number: str) -> str:
    """The file's name, in which the number stands."""
    return names.tidy(f"{sheet.title}_{number}.xlsx")


def workbook(
    sheet: Sheet, rows: Sequence[OutRow], *, number: str, addressee: str, due_on: date | None, takes_new: bool
) -> bytes:
    """The workbook as bytes: the sheet to fill in, its guidance, and a hidden sheet with the number."""
    book = Workbook(write_only=True)
    page = book.create_sheet(str(sheet.title)[:31])
    _set_up(page, sheet)
    last = HEAD_ROW + len(rows) + (NEW_ROWS if takes_new else 0)
    for line in _lead(page, sheet, number=number, addressee=addressee, due_on=due_on):
        page.append(line)
    styles = [_style(page, None), *(_style(page, column) for column in sheet.columns)]
    for row in rows:
        cells = [_cell(page, row.id, styles[0])]
        for column, style in zip(sheet.columns, styles[1:], strict=True):
            cells.append(_cell(page, _shown(column, row.values.get(column.key)), style))
        page.append(cells)
    if takes_new:
        blank = [_style(page, None), *(_style(page, column, is_new=True) for column in sheet.columns)]
        for _row in range(NEW_ROWS):
            page.append([_cell(page, None, style) for style in blank])
    _guide(book, sheet)
    _validate(book, page, sheet, last=last)
    hidden = book.create_sheet("kyodo")
    hidden.sheet_state = "hidden"
    hidden.append([number])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _set_up(page: Any, sheet: Sheet) -> None:
    page.freeze_panes = f"B{HEAD_ROW + 1}"
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.protection.sheet = True
    for free in ("formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(page.protection, free, False)  # False: not forbidden
    page.column_dimensions["A"].width = 10
    for index, column in enumerate(sheet.columns, start=2):
        page.column_dimensions[get_column_letter(index)].width = column.width


def _lead(page: Any, sheet: Sheet, *, number: str, addressee: str, due_on: date | None) -> list[list[Any]]:
    title, code = WriteOnlyCell(page, str(sheet.title)), WriteOnlyCell(page, number)
    title.font, code.font = Font(bold=True, size=14), Font(bold=True, name="Consolas")
    due = [gettext("期限"), f"{due_on:%Y/%m/%d}"] if due_on else []
    heads = []
    for text, required, editable in [
        (sheet.identity, False, False),
        *((column.label, column.required, column.editable) for column in sheet.columns),
    ]:
        cell = WriteOnlyCell(page, f"{text}{gettext('（必須）') if required else ''}")
        cell.font, cell.border = Font(bold=True), LINES
        cell.fill = HEADING if editable else SHADED
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        heads.append(cell)
    hint = WriteOnlyCell(
        page, gettext("色の付いた列だけ書き換えられます。書き終えたら、このファイルのまま返送してください。")
    )
    return [[title], [gettext("返送用番号"), code], [gettext("宛先"), addressee, *due], [hint], heads]


def _style(page: Any, column: SheetColumn | None, *, is_new: bool = False) -> Any:
    """The style of all cells of a column, made once: given to each cell it would take most of the time."""
    cell = WriteOnlyCell(page)
    is_open = column is not None and (column.editable or (is_new and column.in_new))
    cell.border = LINES
    cell.alignment = Alignment(wrap_text=column is not None and column.kind is Kind.TEXT, vertical="top")
    cell.protection = Protection(locked=not is_open)
    if not is_open:
        cell.fill = SHADED
    if column is not None:
        cell.number_format = FORMATS.get(column.kind, "General")
    return cell._style  # type: ignore[attr-defined]


def _cell(page: Any, value: Any, style: Any) -> Any:
    cell = WriteOnlyCell(page, value)
    cell._style = style  # type: ignore[attr-defined]
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        cell.data_type = "s"  # openpyxl would write a text with "=" as a formula
        cell.quotePrefix = True
    return cell


def _shown(column: SheetColumn, value: Value) -> Any:
    if value is None or value == "":
        return None
    if column.kind is Kind.CHOICE:
        return str(column.choices.get(str(value), value))
    if column.kind is Kind.DAY:
        return date.fromisoformat(str(value))
    return value if isinstance(value, int) else value.translate(ILLEGAL)[:CUT]


def _validate(book: Any, page: Any, sheet: Sheet, *, last: int) -> None:
    """Drop-down lists for choices, from a sheet of their own: in the cell's rule Excel takes 255 characters only."""
    chosen = [column for column in sheet.columns if column.kind is Kind.CHOICE and column in sheet.of_new]
    if not chosen or last <= HEAD_ROW:
        return
    lists = book.create_sheet("choices")
    lists.sheet_state = "hidden"
    longest = max(len(column.choices) for column in chosen)
    columns = [[str(word) for word in column.choices.values()] for column in chosen]
    for line in range(longest):
        lists.append([words[line] if line < len(words) else None for words in columns])
    for index, column in enumerate(chosen, start=1):
        source, own = get_column_letter(index), get_column_letter(sheet.columns.index(column) + 2)
        rule = DataValidation("list", formula1=f"choices!${source}$1:${source}${len(column.choices)}", allow_blank=True)
        rule.add(f"{own}{HEAD_ROW + 1}:{own}{last}")
        page.data_validations.append(rule)


def _guide(book: Any, sheet: Sheet) -> None:
    page = book.create_sheet(gettext("書き方"))
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 28, 90
    for line in sheet.guidance:
        page.append([None, str(line)])
    page.append([])
    page.append([gettext("列"), gettext("説明"), gettext("例")])
    for column in sheet.columns:
        help_ = str(column.help) or (gettext("変えられません。") if not column.editable else "")
        page.append([str(column.label), help_, str(sheet.example.get(column.key, ""))])
