"""Every page of needs, home and record: in both languages, wide and narrow, for whoever may see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys import people
from tests.journeys.conftest import Site
from tests.journeys.language import japanese_on

pytestmark = pytest.mark.browser

INVITING = ("/directory/invitations/", "/directory/invitations/sheet/", "/directory/59/contacts/new/")
PAGES: dict[str, tuple[str, ...]] = {
    "": (
        "/",
        "/needs/public/",
        "/needs/public/3/",
        "/demo/",
        "/api/v1/docs",
        *("/accessibility/", "/easy/"),
        "/needs/public/?q=zzz",
        *("/procurement/public/", "/procurement/public/2/", "/procurement/public/2/register/"),
        "/procurement/company/nothing/",
    ),
    people.VILLAGE: (
        *("/", "/needs/", "/needs/new/", "/needs/3/", "/audit/", "/audit/1300/", "/jobs/", "/needs/999999/"),
        *("/needs/sheet/", "/sheets/", "/sheets/hand-in/", "/notifications/", "/deadlines/", "/search/?q=窓口"),
        *("/needs/new/?template=counter", "/needs/report/", "/needs/3/like/"),
        *("/directory/?q=檜原", "/directory/59/", "/proxy/", "/calendar/", "/calendar/59/"),
        *("/statutes/", "/statutes/rules/small_contract_ceiling/", "/statutes/bodies/59/"),
        *("/procurement/", "/procurement/4/", "/procurement/4/survey/", "/procurement/4/survey/answer/?stage=2"),
        *("/procurement/4/survey/answer/?stage=3", "/procurement/3/alignment/", "/procurement/3/alignment/?view=all"),
        *("/procurement/3/alignment/require/", "/procurement/1/calendar/", "/procurement/1/commitment/59/"),
        *("/procurement/1/market/", "/procurement/1/estimates/59/", "/procurement/1/estimates/59/paper/"),
        "/procurement/1/estimates/budget/",
    ),
    people.COORDINATOR: (
        *("/", "/needs/?state=working", "/needs/?q=zzz", "/needs/board/", "/needs/report/", "/needs/merge/?ids=1"),
        *(f"/needs/{{open}}/{step}/" for step in ("arrange", "route", "promise", "split", "move")),
        *("/needs/{open}/", "/mail/", "/mail/addresses/"),
        *("/needs/proxy/", "/needs/proxy/5/new/", "/directory/?q=zzz", "/directory/sheet/", "/calendar/59/days/new/"),
        *("/statutes/bodies/59/new/", "/statutes/new/"),
        *("/procurement/?q=zzz", "/procurement/new/", "/procurement/4/items/", "/procurement/4/survey/merging/"),
        *("/procurement/4/survey/questions/", "/procurement/3/alignment/topics/", "/procurement/3/alignment/lots/"),
        *("/procurement/3/alignment/versions/", "/procurement/1/commitment/", "/procurement/3/members/"),
        *("/procurement/2/market/", "/procurement/2/market/request/", "/procurement/2/market/invite/"),
        *("/procurement/2/market/1/", "/procurement/2/market/1/ask/", "/procurement/2/market/questions/4/"),
        *("/procurement/2/estimates/", "/procurement/2/estimates/hand-out/", "/procurement/1/whole/"),
    ),
    people.AUDITOR: ("/", "/audit/", "/audit/1/"),
    people.OPERATOR: (
        "/",
        "/jobs/all/",
        "/needs/",
        "/mail/",
        "/mail/?state=failed",
        "/easy/",
        "/easy/write/",
        *INVITING,
    ),
}
NARROW, WIDE = 320, 1280
# Each language is examined at one width, since that costs most, and looked over at the other one.
EXAMINED = {"ja": NARROW, "en": WIDE}


@pytest.mark.parametrize("who", PAGES, ids=lambda who: who or "visitor")
@pytest.mark.parametrize("language", EXAMINED)
def test_each_page_is_for_everybody(
    who: str,
    language: str,
    site: Site,
    opened: Callable[..., BrowserContext],
    axe: Callable[[Page], None],
):
    context = opened(width=EXAMINED[language])
    context.add_cookies([{"name": "kyodo_language", "value": language, "url": site.address}])
    page = people.enter(context, site, who) if who else context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda told: complaints.append(told.text) if "Content Security" in told.text else None)
    opening = _open_need(page, site) if any("{open}" in path for path in PAGES[who]) else ""
    for named in PAGES[who]:
        path = named.replace("{open}", opening)
        answer = page.goto(site(path))
        assert answer is not None
        assert answer.status < 500, path
        assert page.locator("html").get_attribute("lang") == language
        axe(page)
        for width in (WIDE + NARROW - EXAMINED[language], EXAMINED[language]):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} px wide on a screen of {width}"
        assert language == "ja" or japanese_on(page) == [], path
    assert complaints == []


def _open_need(page: Page, site: Site) -> str:
    """The number of an open need that the coordinator sees first."""
    page.goto(site("/needs/board/"))
    return str(page.locator(".board input[name=ids]").first.get_attribute("value"))


def test_a_needs_page_prints_without_menu_and_buttons(site: Site, opened: Callable[..., BrowserContext]):
    page = people.enter(opened(), site, people.VILLAGE)
    page.goto(site("/needs/3/"))
    page.emulate_media(media="print")
    for hidden in ("header nav", ".turn a", "form"):
        for found in page.locator(hidden).all():
            assert not found.is_visible(), hidden
    assert page.locator("h1").is_visible()
