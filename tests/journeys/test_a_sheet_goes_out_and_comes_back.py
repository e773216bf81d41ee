"""An officer takes needs out to Excel and brings them back, with the keyboard and with JavaScript switched off."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page

from tests.journeys import people
from tests.journeys.conftest import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_out_and_back_by_keyboard(
    has_script: bool,
    site: Site,
    opened: Callable[..., BrowserContext],
    axe: Callable[[Page], None],
):
    page = people.enter(opened(java_script_enabled=has_script), site, people.VILLAGE)
    page.goto(site("/needs/?mine=posted"))
    page.get_by_role("link", name="Excelの様式で直す").press("Enter")
    with page.expect_download() as coming:
        page.get_by_role("button", name="様式を作る").press("Enter")
    assert "KY-" in coming.value.suggested_filename
    book = load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes()))
    hours = 4321 if has_script else 1234
    book.worksheets[0]["G6"] = f"{hours:,}時間"
    book.worksheets[0]["H6"] = "約3万"
    _hand_in(page, site, book)
    assert page.get_by_role("cell", name="H6").is_visible()
    if has_script:
        axe(page)
    book.worksheets[0]["H6"] = "3万円"
    _hand_in(page, site, book)
    assert page.get_by_role("cell", name=f"{hours:,}", exact=True).is_visible()
    if has_script:
        axe(page)
    page.get_by_role("button", name="この内容で反映する").press("Enter")
    page.get_by_text("反映しました。").wait_for()
    assert page.get_by_text("反映済み").is_visible()


def _hand_in(page: Page, site: Site, book: object) -> None:
    out = io.BytesIO()
    book.save(out)  # type: ignore[attr-defined]
    page.goto(site("/sheets/hand-in/"))
    upload = {"name": "相談.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}
    page.locator("input[type=file]").set_input_files(upload)  # type: ignore[arg-type]
    page.get_by_role("button", name="送って確かめる").press("Enter")
    page.get_by_role("heading", name="返送された様式", exact=True).wait_for()
