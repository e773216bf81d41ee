"""The paper for a decision says what is known and what is missing, on two pages, the same in print and in Word."""

from __future__ import annotations

import doctest
import io

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core.decisions import document, paper
from kyodo.core.decisions.paper import Amount, BudgetItem, Option, Paper
from kyodo.core.decisions.rules import Act
from tests.region import Region

WHOLE = Paper(
    purpose="窓口の待ち時間を減らすため。",
    amount=Amount(11_000_000, includes_tax=False),
    budget_item=BudgetItem("一般会計", "総務費", "総務管理費", "情報管理費", "委託料"),
    legal_basis="地方自治法第234条第2項",
    options=(
        Option("共同調達", 12_100_000, "安い", "時期が合わない", is_chosen=True),
        Option("単独", None, "早い", "高い"),
    ),
    effect="待ち時間が半分になる。",
    attachments=("仕様書.pdf",),
)


def sheet(told: Paper) -> paper.Sheet:
    """The paper, set."""
    return paper.sheet_of(
        title="窓口", act=Act.CONTRACT, organisation="檜原村", address="/x/", printed="2026年4月1日(水)", paper=told
    )


def text_of(content: bytes) -> str:
    """All that a document says."""
    opened = Document(io.BytesIO(content))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in opened.paragraphs), *cells])


def test_word_opens_the_document_and_finds_everything_in_it():
    told = text_of(document.written(sheet(WHOLE)))
    for part in (
        "窓口の待ち時間を減らすため。",
        "11,000,000円（税抜・税率10%）　税込 12,100,000円",
        "（目）情報管理費",
    ):
        assert part in told
    for part in (
        "（目）情報管理費",
        "地方自治法第234条第2項",
        "12,100,000円",
        "時期が合わない",
        "待ち時間が半分になる。",
        "仕様書.pdf",
    ):
        assert part in told
    assert paper.missing(WHOLE) == []


def test_what_is_missing_stands_as_a_blank_and_is_named():
    assert paper.missing(Paper(purpose="目的")) == ["金額", "予算科目", "根拠法令", "比較した案", "効果", "添付資料"]
    assert text_of(document.written(sheet(Paper()))).count(paper.BLANK) >= 5


@given(st.text(alphabet="あa\n", max_size=6000), st.integers(1, 20))
def test_a_text_takes_no_more_lines_than_there_are(text, lines):
    kept = paper.cut_to_lines(text, lines)
    assert sum(max(1, -(-len(one) // paper.LINE)) for one in kept.split("\n")) <= lines + 1
    assert kept == text or kept.endswith(paper.CUT)


def test_doctests():
    assert doctest.testmod(paper).failed == 0


@pytest.mark.django_db
def test_the_paper_of_a_need_in_print_and_in_word(region: Region):
    need, browser = region.need(), region.villager.browser()
    page = browser.get(f"/decisions/needs.need/{need.pk}/paper/").content.decode()
    file = browser.get(f"/decisions/needs.need/{need.pk}/paper.docx")
    for told in (page, text_of(file.content)):
        assert need.trouble in told
        assert need.title in told
        assert "団体としての依頼" in told
    assert file["Content-Disposition"].endswith('.docx"')
