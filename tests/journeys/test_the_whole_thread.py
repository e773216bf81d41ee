"""One need from the first word to the measured result, in a real browser, by everybody who has a part in it."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys import people

pytestmark = pytest.mark.browser

WARD = "世田谷区 DX推進担当課"
TITLE = "弓道場の鍵の貸出簿が紙で、返却されない鍵を探している"
TROUBLE = (
    "弓道場2か所の鍵を窓口で貸し、紙の貸出簿に名前を書いてもらっています。月に4回は返却が遅れ、次の団体が入れません。"
)


def post(page: Page, title: str, trouble: str) -> int:
    page.get_by_label("困っていることを一文で").fill(title)
    page.get_by_label("くわしく").fill(trouble)
    page.get_by_label("分野").select_option("facilities")
    page.get_by_label("公開 — ").check()
    page.get_by_role("button", name="この内容で相談する").click()
    expect(page.get_by_text("相談を受け付けました")).to_be_visible()
    found = re.search(r"/needs/(\d+)/$", page.url)
    assert found, page.url
    return int(found[1])


def day(number: int) -> str:
    return (date.today() + timedelta(days=number)).isoformat()  # noqa: DTZ011  # as the browser's own date picker


def joins_while_typing(town: Page, site, axe) -> None:
    """A second town begins to write the same, sees the first need, and joins it instead."""
    town.goto(site("/needs/new/"))
    town.get_by_label("困っていることを一文で").press_sequentially("弓道場の鍵の貸出簿が紙で困っている")
    hit = town.locator("#like li", has_text=TITLE)
    expect(hit).to_be_visible(timeout=20_000)
    axe(town)
    hit.get_by_role("link", name="うちも").click()
    town.get_by_label("うちの量").fill("鍵18本、年2,600回")
    town.get_by_role("button", name="うちも").click()
    expect(town.get_by_role("cell", name="鍵18本、年2,600回")).to_be_visible()


def merges_and_answers(coordinator: Page, number: int, others: list[int], site, axe) -> None:
    """The coordinator merges the three in the list, says how they are answered and what that promises."""
    expect(coordinator.get_by_text("引き受けて返事を書く").first).to_be_visible()
    coordinator.goto(site("/needs/?state=received&topic=facilities"))
    for one in (number, *others):
        coordinator.locator(f'input[name=ids][value="{one}"]').check()
    coordinator.get_by_role("button", name="統合する").click()
    coordinator.get_by_label(re.compile(f"#{number} ")).check()
    coordinator.get_by_label("ひとこと").fill("鍵の受け渡しの話なので、まとめて進めます。")
    axe(coordinator)
    coordinator.get_by_role("button", name="統合する").click()
    expect(coordinator.get_by_role("cell", name="世田谷区")).to_be_visible()
    coordinator.get_by_role("link", name="答え方を決める").click()
    coordinator.get_by_label("共同サービス").check()
    coordinator.get_by_label("何をするか").fill("暗証番号で開く鍵箱を3団体で借ります。")
    coordinator.get_by_label("いつまでに").fill(day(90))
    coordinator.get_by_role("button", name="この答え方にする").click()
    coordinator.get_by_role("link", name="約束する効果を書く").click()
    fields = {
        "何を測るか": "返却の遅れ",
        "単位": "回/月",
        "いまの値": "4",
        "約束する値": "1",
        "測り方": "貸出の記録で数えます。",
    }
    for label, value in fields.items():
        coordinator.get_by_label(label).fill(value)
    coordinator.get_by_label("いつ測るか").fill(day(60))
    coordinator.get_by_role("button", name="約束する").click()
    expect(coordinator.get_by_text("−75%").first).to_be_visible()
    axe(coordinator)


def completes_by_a_sheet(coordinator: Page, site) -> None:
    """A sheet goes out to be completed, and comes back."""
    coordinator.goto(site("/needs/?q=弓道場"))
    coordinator.get_by_role("link", name="Excelの様式で直す").click()
    with coordinator.expect_download() as coming:
        coordinator.get_by_role("button", name="様式を作る").click()
    book = load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes()))
    book.worksheets[0]["G6"] = "120時間"
    out = io.BytesIO()
    book.save(out)
    coordinator.goto(site("/sheets/hand-in/"))
    upload = {"name": "相談.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}
    coordinator.locator("input[type=file]").set_input_files(upload)
    coordinator.get_by_role("button", name="送って確かめる").click()
    coordinator.get_by_role("button", name="この内容で反映する").click()
    expect(coordinator.get_by_text("反映しました。")).to_be_visible()


def takes_to_its_end(coordinator: Page, number: int, site) -> None:
    """From state to state, until it is done."""
    for state, reason in (("確認中", ""), ("対応中", ""), ("実施済", "鍵箱を3団体で借り、貸出簿をやめました。")):
        coordinator.goto(site(f"/needs/{number}/move/"))
        coordinator.get_by_label(state, exact=True).check()
        coordinator.get_by_label("理由・説明").fill(reason)
        coordinator.get_by_role("button", name="状態を変える").click()
    expect(coordinator.get_by_text("年 120時間")).to_be_visible()


def measures_and_rates(village: Page, number: int, site) -> None:
    """The village records what was measured, and says how content it is."""
    village.goto(site(f"/needs/{number}/"))
    village.get_by_role("link", name="測定結果を書く").click()
    for label, value in {"測った値": "1", "測った日": day(0), "根拠": "鍵箱の記録、この1か月"}.items():
        village.get_by_label(label).fill(value)
    village.get_by_role("button", name="測定結果を記録する").click()
    expect(village.get_by_text("約束どおり")).to_be_visible()
    village.get_by_role("link", name="満足度を答える").first.click()
    village.get_by_label("とても満足").check()
    village.get_by_role("button", name="答える").click()


def finds_it(visitor: Page, number: int, site, axe) -> None:
    """Everybody reads it, and finds it by a word of two characters."""
    visitor.goto(site(f"/needs/public/{number}/"))
    expect(visitor.get_by_text("鍵箱を3団体で借り、貸出簿をやめました。")).to_be_visible()
    expect(visitor.get_by_text("約束どおり")).to_be_visible()
    axe(visitor)
    visitor.goto(site("/search/?q=弓道"))
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_from_the_first_word_to_the_measured_result(site, opened, axe):
    village = people.enter(opened(), site, people.VILLAGE)
    village.goto(site("/needs/new/"))
    village.get_by_role("link", name="施設の予約").click()
    expect(village.get_by_label("くわしく")).to_contain_text("施設の種類と数")
    number = post(village, TITLE, TROUBLE)
    town = people.enter(opened(), site, people.TOWN)
    joins_while_typing(town, site, axe)
    ward = people.enter(opened(), site, WARD)
    others = []
    for title in ("集会所の鍵の受け渡しに職員が毎朝出向いている", "鍵の返却が遅れて次の利用者を待たせている施設がある"):
        ward.goto(site("/needs/new/"))
        others.append(post(ward, title, "鍵の管理を紙の帳面で行い、職員が付きっきりです。"))
    coordinator = people.enter(opened(), site, people.COORDINATOR)
    merges_and_answers(coordinator, number, others, site, axe)
    completes_by_a_sheet(coordinator, site)
    takes_to_its_end(coordinator, number, site)
    measures_and_rates(village, number, site)
    town.goto(site("/notifications/"))
    expect(town.get_by_text("「実施済」になりました").first).to_be_visible()
    axe(town)
    finds_it(opened().new_page(), number, site, axe)
