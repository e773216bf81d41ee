"""起案用資料 as DOCX: the same sheet as the print page, on two pages of A4, to be gone on with in a word processor."""

from __future__ import annotations

from kyodo.core.decisions.paper import Sheet
from kyodo.core.ui.word import Paper

HEADING = "起案用資料"
WIDTHS = (35, 135)


def written(sheet: Sheet) -> bytes:
    """The document."""
    paper = Paper(HEADING, sheet.title)
    paper.table(sheet.facts, widths=WIDTHS)
    for heading, text in sheet.first:
        paper.block(heading, text)
    paper.next_page()
    paper.line("比較した案")
    paper.table(sheet.options)
    for heading, text in sheet.second:
        paper.block(heading, text)
    paper.block("添付資料", "\n".join(f"・{name}" for name in sheet.attachments))
    paper.line("決裁の記録")
    paper.table(sheet.record, widths=WIDTHS)
    return paper.written()
