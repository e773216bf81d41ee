"""The operator writes a public page once more in easy Japanese; everybody finds it from that page."""

from __future__ import annotations

import pytest
from django.test import Client

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.crawlers import pages
from kyodo.core.crawlers.pages import PublicPage
from kyodo.core.easy_japanese import actions, queries
from kyodo.core.publication import queries as publication
from tests.region import Region

TEXT = "これは　みんなが　使（つか）う　ページです。\n\nわからないときは、聞（き）いてください。"


def written(region: Region, path: str = "/accessibility/", title: str = "だれでも使えます", text: str = TEXT) -> int:
    return actions.write(path=path, title=title, text=text, by=region.operator.actor, at=clock.now())


def page(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_operator_writes_and_a_visitor_finds_it_from_the_page(region: Region):
    assert ">やさしい日本語</a></p>" not in page("/accessibility/")
    browser = region.operator.browser()
    told = {"path": "/accessibility/", "title": "だれでも使えます", "text": TEXT}
    answer = browser.post("/easy/write/", told)
    assert answer.status_code == 302
    link = f'<a href="{answer.headers["Location"]}" lang="ja">やさしい日本語</a>'
    assert link in page("/accessibility/")
    assert link in page("/accessibility/?x=1")
    easy = page(answer.headers["Location"])
    assert '<article lang="ja">' in easy
    assert "わからないときは、聞（き）いてください。" in easy
    assert 'href="/accessibility/"' in easy
    assert "だれでも使えます" in page("/easy/")


def test_nobody_else_writes(region: Region):
    for role in (Role.OFFICER, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR):
        assert region.of_role(role).browser().get("/easy/write/").status_code == 403


def test_each_publication_is_a_version_and_the_next_begins_with_the_last(region: Region):
    number = written(region)
    written(region, title="あたらしい題")
    assert queries.page(number).number == 2
    assert len(publication.versions("easy_japanese.page", number)) == 2
    assert "あたらしい題" in page("/easy/write/?page=/accessibility/", region.operator.browser())


def test_what_is_taken_back_is_shown_to_nobody_until_it_is_written_anew(region: Region):
    number = written(region)
    region.operator.browser().post(f"/easy/{number}/withdraw/")
    assert Client().get(f"/easy/{number}/").status_code == 404
    assert f"/easy/{number}/" not in page("/accessibility/") + page("/easy/")
    assert written(region) == number
    assert Client().get(f"/easy/{number}/").status_code == 200


def test_an_easy_version_goes_with_its_page(region: Region, monkeypatch):
    monkeypatch.setattr(pages, "_sources", [lambda: [PublicPage("/needs/public/3/")]])
    number = written(region, "/needs/public/3/")
    assert Client().get(f"/easy/{number}/").status_code == 200
    monkeypatch.setattr(pages, "_sources", [])
    assert Client().get(f"/easy/{number}/").status_code == 404
    assert "だれでも使えます" not in page("/easy/")


@pytest.mark.parametrize("path", ["/needs/", "/nowhere/", "https://example.jp/", "/easy/"])
def test_only_of_pages_that_everybody_may_see(region: Region, path: str):
    told = {"path": path, "title": "だれでも使えます", "text": TEXT}
    answer = region.operator.browser().post("/easy/write/", told)
    assert answer.status_code == 422
    assert "だれでも見られるページではありません" in answer.content.decode()


def test_what_is_wrong_is_said_at_its_field(region: Region):
    answer = region.operator.browser().post("/easy/write/", {"path": "/", "title": "あ", "text": "短い"})
    assert answer.status_code == 422
    assert answer.content.decode().count("短すぎます") >= 2


def test_the_front_is_another_page_for_who_is_signed_in(region: Region):
    number = written(region, "/")
    assert f"/easy/{number}/" in page("/")
    assert f"/easy/{number}/" not in page("/", region.villager.browser())
