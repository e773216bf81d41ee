"""Every component, in both languages, wide and narrow: readable by everybody, and nothing hides or breaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import Site
from tests.journeys.language import japanese_on

pytestmark = pytest.mark.browser


@pytest.fixture(params=["ja", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[1280, 320])
def style_page(
    request: pytest.FixtureRequest, language: str, site: Site, opened: Callable[..., BrowserContext]
) -> tuple[Page, list[str]]:
    context = opened(width=request.param)
    context.add_cookies([{"name": "kyodo_language", "value": language, "url": site.address}])
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda failed: complaints.append(failed.url))
    page.goto(site("/style/"))
    return page, complaints


def test_it_breaks_no_rule_of_accessibility(style_page, axe):
    page, _complaints = style_page
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => one.open = true)")
    axe(page)


def test_nothing_is_cut_off_or_scrolls_sideways(style_page):
    page, _complaints = style_page
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_browser_has_nothing_to_complain_about(style_page):
    page, complaints = style_page
    page.wait_for_load_state("networkidle")
    assert complaints == []


def test_everything_that_can_be_pressed_is_large_enough(style_page):
    page, _complaints = style_page
    small = page.evaluate("""() => [...document.querySelectorAll("button, .button, summary, .menu a, .who a, select,"
      + " input:not([type=hidden],[type=radio],[type=checkbox])")]
      .filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 43.9)
      .map((one) => one.outerHTML.slice(0, 120))""")
    assert small == []


def test_an_english_page_has_japanese_only_where_it_says_so(site, opened):
    context = opened()
    context.add_cookies([{"name": "kyodo_language", "value": "en", "url": site.address}])
    page = context.new_page()
    page.goto(site("/style/"))
    assert page.locator("html").get_attribute("lang") == "en"
    assert japanese_on(page) == []


def test_the_first_tab_offers_to_skip_the_menu_and_shows_where_it_is(site, page):
    page.goto(site("/nowhere/"))
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    assert skip.bounding_box()["y"] >= 0
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "4px"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_keyboard_always_shows_where_it_is(site, page):
    page.goto(site("/style/"))
    page.evaluate("() => document.activeElement.blur()")
    for _press in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => document.activeElement === document.body"
            " || parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2"
        ), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_errors_take_the_focus_and_lead_to_their_fields(site, page):
    page.goto(site("/style/"))
    assert "summary-of-errors" in page.evaluate("document.activeElement.className")
    page.locator(".summary-of-errors a").first.click()
    assert page.evaluate("document.activeElement.name") == "title"


def test_a_visitor_switches_the_language_and_stays_on_the_page(site, page):
    page.goto(site("/style/?sort=name"))
    page.get_by_role("button", name="English").click()
    assert page.url == site("/style/?sort=name")
    assert page.locator("h1").inner_text() == "Style page of the components"
    page.get_by_role("button", name="日本語").click()
    assert page.locator("html").get_attribute("lang") == "ja"


def test_a_wide_table_can_be_scrolled_with_the_keyboard_only_where_it_has_to_be(site, opened):
    narrow = opened(width=320).new_page()
    narrow.goto(site("/style/"))
    assert narrow.locator(".table.grid").get_attribute("tabindex") == "0"
    assert narrow.locator(".table.grid").get_attribute("role") == "region"
    wide = opened(width=1280).new_page()
    wide.goto(site("/style/"))
    assert wide.locator(".table.grid").get_attribute("tabindex") is None


def test_the_page_works_without_a_script(site, opened):
    page = opened(java_script_enabled=False).new_page()
    page.goto(site("/style/"))
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_refused_form_shows_its_errors_in_place(site, page):
    def with_a_part(route):
        answer = route.fetch()
        text = answer.text().replace("<h1>", '<div hx-get="/part/" hx-trigger="load" id="part"></div><h1>', 1)
        route.fulfill(response=answer, body=text)

    page.route("**/style/", with_a_part)
    page.route("**/part/", lambda route: route.fulfill(status=422, content_type="text/html", body="<b>refused</b>"))
    page.goto(site("/style/"))
    assert page.locator("#part b").inner_text() == "refused"


@pytest.mark.parametrize("language", ["ja", "en"], indirect=True)
def test_the_statement_on_accessibility_keeps_its_own_rules(language, site, opened, axe):
    context = opened(width=320)
    context.add_cookies([{"name": "kyodo_language", "value": language, "url": site.address}])
    page = context.new_page()
    page.goto(site("/nowhere/"))
    page.locator("footer a").first.click()
    assert page.url == site("/accessibility/")
    axe(page)
    assert language == "ja" or japanese_on(page) == []


def test_the_page_that_is_not_there_is_readable_by_everybody(site, page, axe):
    page.goto(site("/nowhere/"))
    assert page.locator("h1").inner_text() == "ページが見つかりません"
    axe(page)


def test_the_style_page_prints_without_menu_and_buttons(site, page):
    page.goto(site("/style/"))
    page.emulate_media(media="print")
    for hidden in (".skip", ".demo", ".who", ".filters", ".actions"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("h1").first.is_visible()
