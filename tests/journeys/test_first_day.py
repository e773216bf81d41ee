"""From an empty database to the first answered need: the key, five steps, a village's officer, an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import Site, served
from tests.journeys.test_sign_in import sign_in

pytestmark = pytest.mark.browser

PASSWORD = "tall-trees-by-the-river"
OWN = "山の上の小さな地域協議会"
TITLE = "水道の検針票を紙で写していて、毎月まちがいが出る"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`kyodo run` on an empty database, with mail that is written into files."""
    data = Path(tmp_path_factory.mktemp("empty"))
    with served(data, KYODO_MAIL_URL=f"file://{data}/mail") as running:
        yield running


def begun(page: Page, site: Site) -> None:
    """Register oneself with the key that the command printed."""
    printed = (site.data / "server.log").read_text(encoding="utf-8")
    address = next(word for word in printed.split() if "/start/?key=" in word)
    page.goto(address)
    for field, value in (
        ("organisation", OWN),
        ("display_name", "運用 花子"),
        ("username", "hanako"),
        ("email", "hanako@example.jp"),
        ("password", PASSWORD),
    ):
        page.locator(f"#id_{field}").fill(value)
    page.get_by_role("button", name="登録して始める").click()
    page.wait_for_url("**/start/steps/")


def with_bodies(page: Page, site: Site) -> None:
    """Two towns by their codes, made in the background."""
    page.locator("#id_codes").fill("282031 282014")
    page.get_by_role("button", name="団体を登録する").click()
    page.wait_for_url("**/jobs/**")
    page.get_by_text("完了").first.wait_for(timeout=60_000)
    page.goto(site("/start/steps/"))
    page.get_by_role("button", name="届いた").click()
    page.get_by_role("button", name="確かめた").click()


def with_an_officer(page: Page, site: Site) -> str:
    """Somebody of one of the towns; the password that is shown once."""
    page.goto(site("/accounts/users/new/"))
    page.locator("#id_username").fill("taro")
    page.locator("#id_display_name").fill("明石 太郎")
    page.locator("#id_organisation").select_option(label="明石市")
    page.locator("#id_duty").fill("水道課")
    page.get_by_label("担当者 —").check()
    page.locator("#id_valid_from").fill(date(2026, 4, 1).isoformat())
    page.get_by_role("main").get_by_role("button").last.click()
    return page.locator("main input[readonly]").first.input_value()


def test_from_nothing_to_the_first_answered_need(
    empty: Site, opened: Callable[..., BrowserContext], axe: Callable[[Page], None]
):
    operator = opened().new_page()
    begun(operator, empty)
    axe(operator)
    with_bodies(operator, empty)
    password = with_an_officer(operator, empty)
    operator.goto(empty("/start/steps/"))
    operator.get_by_text("準備ができました").wait_for()
    axe(operator)

    officer = opened().new_page()
    sign_in(officer, empty.address, "taro", password)
    officer.goto(empty("/needs/new/"))
    officer.locator("#id_title").fill(TITLE)
    officer.locator("#id_trouble").fill("検針票を写すのに毎月3日かかり、まちがいが10件出ます。")
    officer.locator("#id_topic").select_option(index=1)
    officer.get_by_role("button", name="この内容で相談する").click()
    officer.get_by_role("heading", name=TITLE).wait_for()

    number = officer.url.split("?")[0].strip("/").split("/")[-1]
    operator.goto(empty(f"/needs/{number}/routes/new/"))
    operator.locator("main input[type=radio]").first.check()
    operator.locator("#id_purpose").fill("検針アプリを使っている町の手順書を渡し、1時間の相談に乗ります。")
    operator.get_by_role("button", name="この答え方にする").click()
    operator.wait_for_url(f"**/needs/{number}/**")
    officer.goto(empty(f"/needs/{number}/"))
    assert "手順書を渡し" in officer.locator("main").inner_text()
    operator.goto(empty("/start/steps/"))
    assert operator.get_by_text("済み", exact=True).count() >= 7, "five steps and both goals"
