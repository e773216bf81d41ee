"""Somebody of the demonstration at a browser."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import Site

VILLAGE = "檜原村 総務課"
TOWN = "日の出町 企画財政課"
COORDINATOR = "DX推進団体 調整担当"
AUDITOR = "監査事務局 監査担当"
OPERATOR = "DX推進団体 運用担当"


def enter(context: BrowserContext, site: Site, who: str) -> Page:
    """Open the page of personas and become `who` by a click."""
    page = context.new_page()
    page.goto(site("/demo/"))
    card = page.locator("li.card", has=page.get_by_role("heading", name=who, exact=True))
    card.get_by_role("button").click()
    page.wait_for_url(site("/"))
    return page
