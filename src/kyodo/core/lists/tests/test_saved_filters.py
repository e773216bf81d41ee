"""Somebody saves what a list is filtered and sorted by under a name, finds it above the list, and removes it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from kyodo.core import clock
from kyodo.core.lists import actions, rules
from kyodo.core.lists.models import SavedFilter
from tests.region import Person, Region
from tests.soon import soon

ADDRESS = "/needs/?q=%E7%AA%93%E5%8F%A3&sort=-title&page=2&utm=x"


def ticket(of: Person, address: str = ADDRESS) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', of.browser().get(address).content.decode())
    assert found
    return found[1]


def save(of: Person, name: str = "窓口のもの", address: str = ADDRESS) -> str:
    answer = of.browser().post("/lists/saved/", {"ticket": ticket(of, address), "name": name})
    return str(answer.headers["Location"])


def links(of: Person) -> list[tuple[str, str]]:
    page = of.browser().get("/needs/").content.decode()
    nav = re.search(r'<nav aria-label="保存した条件">(.*?)</nav>', page, re.DOTALL)
    return [(unescape(href), name) for href, name in re.findall(r'<a href="(.*?)">(.*?)</a>', nav[1])] if nav else []


def test_a_saved_filter_is_a_link_above_its_list_which_filters_it_the_same_way(region: Region):
    region.need(title="窓口が混んで困っています")
    region.need(title="電話が鳴りやみません")
    soon()
    back = save(region.villager)
    ((href, name),) = links(region.villager)
    assert name == "窓口のもの"
    assert back == f"/needs/{href}"
    page = region.villager.browser().get(f"/needs/{href}").content.decode()
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert "窓口が混んで" in table
    assert "電話が鳴り" not in table


def test_only_the_lists_own_filters_and_columns_are_kept(region: Region):
    save(region.villager)
    saved = SavedFilter.objects.get()
    assert saved.listing == "needs"
    assert "utm" not in saved.query
    assert "page" not in saved.query
    assert "sort" in saved.query


@pytest.mark.parametrize("address", ["/needs/", "/needs/?sort=no-such-column", "/needs/?page=2&format=pdf"])
def test_a_list_that_is_not_narrowed_offers_nothing_to_save(region: Region, address: str):
    assert "この条件を保存する" not in region.villager.browser().get(address).content.decode()


def test_the_same_name_replaces(region: Region):
    save(region.villager)
    save(region.villager, address="/needs/?q=%E9%9B%BB%E8%A9%B1")
    ((href, _name),) = links(region.villager)
    assert href == "?q=%E9%9B%BB%E8%A9%B1"


def test_the_same_name_stands_for_other_things_in_other_lists_and_for_others(region: Region):
    save(region.auditor)
    save(region.auditor, address="/audit/?sort=sequence")
    save(region.townsman)
    assert SavedFilter.objects.count() == 3
    assert len(links(region.townsman)) == 1
    assert links(region.villager) == []


def test_one_removes_ones_own_and_nobody_elses(region: Region):
    save(region.villager)
    number = SavedFilter.objects.get().pk
    back = {"ticket": ticket(region.villager)}
    assert region.townsman.browser().post(f"/lists/saved/{number}/remove/", back).status_code == 404
    answer = region.villager.browser().post(f"/lists/saved/{number}/remove/", back)
    assert answer.headers["Location"].startswith("/needs/?")
    assert links(region.villager) == []


def test_a_form_that_no_list_wrote_saves_nothing_and_leads_nowhere_else(region: Region):
    browser = region.villager.browser()
    for forged in ("", "x", '["needs","https://evil.example/","q=x"]'):
        answer = browser.post("/lists/saved/", {"ticket": forged, "name": "窓口"})
        assert answer.headers["Location"] == "/"
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "長" * 41, "改\n行"])
def test_a_name_that_can_not_be_kept_is_refused_with_the_reason(region: Region, name: str):
    browser = region.villager.browser()
    answer = browser.post("/lists/saved/", {"ticket": ticket(region.villager), "name": name}, follow=True)
    assert not SavedFilter.objects.exists()
    assert "保存しました" not in answer.content.decode()


def test_a_list_takes_twenty_and_says_so(region: Region):
    by = region.villager.actor
    for number in range(rules.MOST_SAVED):
        actions.save_filter(listing="needs", name=f"その{number}", query="q=x", by=by, at=clock.now())
    with pytest.raises(actions.FilterRefused):
        actions.save_filter(listing="needs", name="もう一つ", query="q=x", by=by, at=clock.now())
    actions.save_filter(listing="needs", name="その3", query="q=y", by=by, at=clock.now())
    actions.save_filter(listing="ledger", name="もう一つ", query="q=x", by=by, at=clock.now())


def test_who_is_not_signed_in_saves_nothing(region: Region):
    page = Client().get("/needs/public/?q=x").content.decode()
    assert 'name="ticket"' not in page
    assert Client().post("/lists/saved/", {"ticket": "x", "name": "x"}).status_code == 302
