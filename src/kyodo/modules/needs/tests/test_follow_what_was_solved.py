"""Other sites and search engines find what was solved in public, and nothing else."""

from xml.etree import ElementTree as Xml

import pytest
from django.test import Client

from kyodo.modules.needs.rules import Audience, State
from tests.region import Region

pytestmark = pytest.mark.django_db
FEED = "/needs/public/feed.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def entries(text: bytes) -> list[Xml.Element]:
    return Xml.fromstring(text).findall("a:entry", ATOM)


def test_the_feed_tells_what_was_solved_in_public_and_hides_the_rest(region: Region):
    solved = region.need(audience=Audience.PUBLIC, state=State.DONE, title="窓口の待ち時間 <b>30</b>分 & more")
    for audience in (Audience.ALL, Audience.ANONYMOUS, Audience.COORDINATORS):
        region.need(audience=audience, state=State.DONE)
    region.need(audience=Audience.PUBLIC)
    answer = Client().get(FEED)
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer["Access-Control-Allow-Origin"] == "*"
    (entry,) = entries(answer.content)
    assert entry.findtext("a:title", "", ATOM) == solved.title
    assert entry.findtext("a:id", "", ATOM) == f"tag:kyodo,2026:needs/{solved.pk}"
    assert entry.find("a:link", ATOM).get("href") == f"http://testserver/needs/public/{solved.pk}/"
    summary = entry.find("a:summary", ATOM)
    assert (summary.get("type"), summary.text) == ("text", solved.trouble)
    assert entry.findtext("a:author/a:name", "", ATOM) == "檜原村"


def test_a_long_trouble_is_shortened(region: Region):
    need = region.need(audience=Audience.PUBLIC, state=State.DONE)
    type(need).objects.filter(pk=need.pk).update(trouble="長" * 900)
    (entry,) = entries(Client().get(FEED).content)
    assert entry.findtext("a:summary", "", ATOM) == "長" * 300 + "…"


def test_a_reader_that_has_the_newest_is_told_so(region: Region):
    region.need(audience=Audience.PUBLIC, state=State.DONE)
    first = Client().get(FEED)
    assert Client().get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304
    region.need(audience=Audience.PUBLIC, state=State.DONE)
    again = Client().get(FEED, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, len(entries(again.content))) == (200, 2)


def test_an_empty_feed_is_a_feed(region: Region):
    assert entries(Client().get(FEED).content) == []


def test_the_feed_speaks_japanese_to_everybody(region: Region):
    client = Client(headers={"Accept-Language": "en"})
    assert "解決した相談" in client.get(FEED).content.decode()


def test_the_public_list_leads_to_the_feed(region: Region):
    assert f'rel="alternate" type="application/atom+xml" title="解決した相談" href="{FEED}"' in (
        Client().get("/needs/public/").content.decode()
    )


def test_search_engines_are_told_of_public_pages_only(region: Region):
    solved = region.need(audience=Audience.PUBLIC, state=State.DONE)
    region.need(audience=Audience.ALL, state=State.DONE)
    found = Xml.fromstring(Client().get("/sitemap.xml").content).findall("m:url/m:loc", MAP)
    paths = [one.text.removeprefix("http://testserver") for one in found]
    needs = ["/needs/public/", f"/needs/public/{solved.pk}/"]
    assert paths == ["/", "/accessibility/", *needs, "/procurement/public/"]
    assert all(Client().get(path).status_code == 200 for path in paths)


def test_robots_are_kept_from_what_needs_an_account():
    text = Client().get("/robots.txt").content.decode()
    assert "Disallow: /accounts/\n" in text
    assert "Disallow: /needs" not in text
    assert text.endswith("Sitemap: http://testserver/sitemap.xml\n")
