"""The spine, in a real browser: a village posts, a town joins, a coordinator takes it up, an auditor proves it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people

pytestmark = pytest.mark.browser

TROUBLE = "転入の多い3月と4月は、窓口の待ちが60分を超えます。番号札の機械が壊れ、紙で呼んでいます。"


def need_of(page: Page) -> str:
    found = re.search(r"/needs/(\d+)/$", page.url)
    assert found, page.url
    return found[1]


def test_a_need_goes_from_a_village_to_the_auditor(site, opened, axe):
    title = "窓口の番号札が壊れて、紙で呼び出している"
    village = people.enter(opened(), site, people.VILLAGE)
    village.get_by_role("link", name="相談を書く").click()
    village.get_by_label("困っていることを一文で").fill(title)
    village.get_by_label("くわしく").fill(TROUBLE)
    village.get_by_label("分野").select_option("counters")
    village.get_by_label("影響する人数").fill("1200")
    village.get_by_label("全団体 — すべての団体が、団体名とともに見ます。").check()
    village.get_by_role("button", name="この内容で相談する").click()
    expect(village.get_by_role("heading", level=1)).to_have_text(title)
    expect(village.get_by_text("相談を受け付けました")).to_be_visible()
    number = need_of(village)

    town = people.enter(opened(), site, people.TOWN)
    town.get_by_role("link", name=title).click()
    town.get_by_role("link", name="うちも（1分）").click()
    town.get_by_label("うちの量").fill("窓口5つ、年8,000人")
    town.get_by_label("ひとこと").fill("うちの機械も来年で10年です。")
    town.get_by_role("button", name="うちも").click()
    expect(town.get_by_text("「うちも」と加わりました。")).to_be_visible()
    expect(town.get_by_role("cell", name="窓口5つ、年8,000人")).to_be_visible()

    coordinator = people.enter(opened(), site, people.COORDINATOR)
    coordinator.goto(site("/needs/?state=received"))
    coordinator.get_by_role("link", name=title).click()
    coordinator.get_by_role("link", name="次の状態へ進める").click()
    coordinator.get_by_label("確認中").check()
    coordinator.get_by_role("button", name="状態を変える").click()
    expect(coordinator.locator("ol.steps [aria-current=step]")).to_contain_text("確認中")

    auditor = people.enter(opened(), site, people.AUDITOR)
    auditor.goto(site(f"/needs/{number}/"))
    auditor.get_by_role("link", name="見る・確かめる").click()
    rows = auditor.locator("#list tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("DX推進団体 調整担当が相談")
    expect(rows.nth(1)).to_contain_text("日の出町 企画財政課が相談")
    expect(rows.nth(2)).to_contain_text("檜原村 総務課が相談")
    axe(auditor)
    auditor.goto(site("/audit/"))
    auditor.get_by_role("button", name="連鎖を確かめる").click()
    expect(auditor.get_by_text("書き換えはありません")).to_be_visible(timeout=20_000)
    axe(auditor)


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, words: str, *, most: int = 80) -> None:
        """Tab until what has the focus is called `words`."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if words in self.name():
                return
        pytest.fail(f"{words!r} is not reached by Tab on {self.page.url}")

    def name(self) -> str:
        """How what has the focus is called."""
        return str(
            self.page.evaluate(
                """() => { const it = document.activeElement;
                return (it.labels && it.labels.length ? it.labels[0].innerText : it.innerText || it.value || "")
                       + (it.getAttribute("aria-label") || "") }"""
            )
        )

    def press(self, words: str) -> None:
        """Go to `words`, press Enter, and wait for the page that it leads to."""
        self.to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, words: str, text: str) -> None:
        """Go to the field `words` and type."""
        self.to(words)
        self.page.keyboard.type(text)


def test_the_same_by_keyboard_alone(site, opened):
    title = "番号札の紙が足りず、窓口で名前を呼んでいる"
    village = people.enter(opened(), site, people.VILLAGE)
    keys = Keyboard(village)
    keys.press("相談を書く")
    village.wait_for_url(site("/needs/new/"))
    keys.fill("困っていることを一文で", title)
    keys.fill("くわしく", TROUBLE)
    keys.to("分野")
    for _ in range(11):
        village.keyboard.press("ArrowDown")
    keys.to("調整担当のみ")
    village.keyboard.press("ArrowDown")
    village.keyboard.press("ArrowDown")
    keys.press("この内容で相談する")
    expect(village.get_by_role("heading", level=1)).to_have_text(title)
    expect(village.get_by_text("すべての団体が、団体名とともに見ます。")).to_be_visible()
    expect(village.locator("dl.facts").get_by_text("窓口", exact=True)).to_be_visible()
    number = need_of(village)

    town = people.enter(opened(), site, people.TOWN)
    keys = Keyboard(town)
    keys.press(title)
    keys.press("うちも（1分）")
    keys.fill("うちの量", "窓口3つ")
    keys.press("うちも")
    expect(town.get_by_role("cell", name="窓口3つ")).to_be_visible()

    coordinator = people.enter(opened(), site, people.COORDINATOR)
    coordinator.goto(site(f"/needs/{number}/"))
    keys = Keyboard(coordinator)
    keys.press("次の状態へ進める")
    keys.to("確認中")
    keys.press("状態を変える")
    expect(coordinator.locator("ol.steps [aria-current=step]")).to_contain_text("確認中")

    auditor = people.enter(opened(), site, people.AUDITOR)
    auditor.goto(site("/audit/"))
    Keyboard(auditor).press("連鎖を確かめる")
    expect(auditor.get_by_text("書き換えはありません")).to_be_visible(timeout=20_000)
