"""A paper of ours as a DOCX on A4, to be gone on with in a word processor: a heading, lines, blocks, tables."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Comes with the word processors of Japanese offices; where it is missing they put another 明朝体 in its place.
FONT = "游明朝"
MARGIN = Mm(20)


class Paper:
    """A document that grows downwards; `across` lays the sheet on its long side."""

    def __init__(self, heading: str, title: str, *, across: bool = False) -> None:
        self._document = Document()
        section = self._document.sections[0]
        long, short = Mm(297), Mm(210)
        section.page_width, section.page_height = (long, short) if across else (short, long)
        section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(10.5)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(3)
        self._document.core_properties.title = f"{heading}　{title}"
        self.line(heading, size=16)
        self.line(title, size=13)

    def line(self, text: str, *, size: float = 11.5) -> None:
        """A bold line of its own."""
        run = self._document.add_paragraph().add_run(text)
        run.bold, run.font.size = True, Pt(size)

    def text(self, text: str) -> None:
        """A paragraph."""
        self._document.add_paragraph(text)

    def block(self, heading: str, text: str) -> None:
        """A paragraph under a bold line."""
        self.line(heading)
        self.text(text)

    def table(self, rows: Sequence[Sequence[str]], *, widths: Sequence[int] = ()) -> None:
        """A table with lines; `widths` of the columns in mm, otherwise they are equal."""
        if not rows:
            return
        table = self._document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
            for cell, width in zip(cells, widths, strict=False):
                cell.width = Mm(width)

    def next_page(self) -> None:
        """What follows stands on the next page."""
        self._document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)

    def written(self) -> bytes:
        """The file."""
        content = io.BytesIO()
        self._document.save(content)
        return content.getvalue()
