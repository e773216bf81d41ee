"""起案用資料 as DOCX: the same sheet as the print page, on two pages of A4, to be gone on with in a word processor."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kyodo.core.decisions.paper import Sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADING = "起案用資料"
FONT = "游明朝"


def written(sheet: Sheet) -> bytes:
    """The document."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(3)
    document.core_properties.title = f"{HEADING}　{sheet.title}"
    _line(document, HEADING, size=16)
    _line(document, sheet.title, size=13)
    _pairs(document, sheet.facts)
    for heading, text in sheet.first:
        _block(document, heading, text)
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    _line(document, "比較した案")
    table = document.add_table(rows=0, cols=len(sheet.options[0]), style="Table Grid")
    for row in sheet.options:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for heading, text in sheet.second:
        _block(document, heading, text)
    _block(document, "添付資料", "\n".join(f"・{name}" for name in sheet.attachments))
    _line(document, "決裁の記録")
    _pairs(document, sheet.record)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _line(document: Document, text: str, *, size: float = 11.5) -> None:  # type: ignore[valid-type]
    run = document.add_paragraph().add_run(text)  # type: ignore[attr-defined]
    run.bold, run.font.size = True, Pt(size)


def _block(document: Document, heading: str, text: str) -> None:  # type: ignore[valid-type]
    _line(document, heading)
    document.add_paragraph(text)  # type: ignore[attr-defined]


def _pairs(document: Document, pairs: tuple[tuple[str, str], ...]) -> None:  # type: ignore[valid-type]
    table = document.add_table(rows=0, cols=2, style="Table Grid")  # type: ignore[attr-defined]
    for term, detail in pairs:
        left, right = table.add_row().cells
        left.text, right.text = term, detail
        left.width, right.width = Mm(35), Mm(135)
