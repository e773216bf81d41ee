"""The search finds needs for whom they are meant for, and for nobody else."""

from __future__ import annotations

import uuid
from itertools import count

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyodo.core import clock
from kyodo.core.access.actor import resident
from kyodo.core.access.roles import Role
from kyodo.core.search import documents, queries, terms
from kyodo.core.search.models import Document
from kyodo.modules.needs import actions
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.queries import visible_to
from kyodo.modules.needs.rules import Audience, State
from tests.region import Region, draft_of
from tests.soon import soon

pytestmark = pytest.mark.django_db
numbers = count(1)


def found(asked, actor, **more):
    """The numbers of the needs that somebody finds, in order, once workers have read the words."""
    soon()
    return at_once(asked, actor, **more)


def at_once(asked, actor, **more):
    """The same, before any worker had time."""
    return [row.subject_id for row in queries.search(terms.read(asked), actor=actor, **more).rows]


def actors(region: Region):
    """Somebody of every role, two of different bodies among them, and a resident."""
    return [resident(), region.townsman.actor, *(region.of_role(role).actor for role in Role if role != Role.RESIDENT)]


def post(region: Region, title: str, trouble: str = "紙の台帳を3か所に置いています。", **more) -> Need:
    """A need of the village with these texts."""
    draft = draft_of(title=title, trouble=trouble, **more)
    by = region.villager.actor
    key = actions.post_need(draft=draft, section="課", submission=uuid.uuid4(), by=by, at=clock.now())
    return Need.objects.get(pk=key)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(Audience), st.sampled_from(State), st.booleans()), min_size=1, max_size=5))
def test_everybody_finds_exactly_what_everybody_may_see(region: Region, needs):
    for audience, state, is_towns in needs:
        region.need(audience=audience, state=state, by=region.townsman if is_towns else None)
    soon()
    for actor in actors(region):
        seen = set(visible_to(actor).order_by("-pk").values_list("pk", flat=True))
        shown = set()
        for page in range(1, 1 + queries.search(terms.read("窓口"), actor=actor).pages):
            shown |= set(found("窓口", actor, number=page))
        assert shown == seen, actor.roles


def test_a_body_that_asked_not_to_be_named_is_neither_named_nor_found_by_its_name(region: Region):
    region.need(audience=Audience.ANONYMOUS, title="名前を出さない相談です")
    for actor in actors(region):
        assert found("檜原村", actor) == []
        for row in queries.search(terms.read("名前"), actor=actor).rows:
            assert row.organisation == ""


def test_a_named_body_is_found_by_its_name(region: Region):
    need = region.need(audience=Audience.ALL)
    assert found("檜原村", region.townsman.actor) == [need.pk]


def test_taking_the_name_away_takes_it_from_the_search_too(region: Region):
    need = region.need(audience=Audience.ALL)
    draft = draft_of(title=need.title, audience=Audience.ANONYMOUS)
    actions.edit_need(need=need, draft=draft, revision=1, by=region.villager.actor, at=clock.now())
    assert found("檜原村", region.townsman.actor) == []
    assert found("窓口", region.townsman.actor) == [need.pk]


def test_who_may_no_longer_see_a_need_finds_it_no_more_from_that_moment_on(region: Region):
    need = post(region, "体育館の予約が重なる", audience=Audience.ALL)
    assert found("体育館", region.townsman.actor) == [need.pk]
    draft = draft_of(title=need.title, audience=Audience.COORDINATORS)
    actions.edit_need(need=need, draft=draft, revision=1, by=region.villager.actor, at=clock.now())
    assert at_once("体育館", region.townsman.actor) == []
    assert found("体育館", region.townsman.actor) == []
    assert found("体育館", region.villager.actor) == [need.pk]


def test_a_new_need_is_found_as_soon_as_a_worker_has_read_it(region: Region):
    need = post(region, "体育館の予約が重なる")
    assert at_once("体育館", region.villager.actor) == []
    assert found("体育館", region.villager.actor) == [need.pk]


def test_words_that_an_act_replaces_while_they_are_read_are_not_found(region: Region, monkeypatch):
    need = post(region, "体育館の予約が重なる")
    read = terms.words

    def slowly(text):
        monkeypatch.setattr(terms, "words", read)
        draft = draft_of(title="図書館の本が返らない", trouble="督促を毎週書いています。")
        actions.edit_need(need=need, draft=draft, revision=1, by=region.villager.actor, at=clock.now())
        return read(text)

    monkeypatch.setattr(terms, "words", slowly)
    assert documents.catch_up() == 0, "what was read is no longer there"
    assert at_once("体育館", region.villager.actor) == []
    assert found("体育館", region.villager.actor) == []
    assert found("図書館", region.villager.actor) == [need.pk]


def test_a_rewritten_need_is_found_by_its_new_words_only(region: Region):
    need = post(region, "体育館の予約が重なる")
    draft = draft_of(title="図書館の本が返らない", trouble="督促を毎週書いています。")
    actions.edit_need(need=need, draft=draft, revision=1, by=region.villager.actor, at=clock.now())
    assert found("体育館", region.villager.actor) == []
    assert found("図書館", region.villager.actor) == [need.pk]
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    "asked",
    [
        "予約",
        "仮予約枠",
        "約枠",
        "体育館の予約",
        "ﾌｧｸｽ",
        "ファクス",
        "引っ越し",
        "引越し",
        "ＰＣ",
        "pc",
        "島",
        '"仮予約枠"',
        "予約 -図書館",
    ],
)
def test_a_need_is_found_however_its_words_are_typed(region: Region, asked):
    need = post(region, "体育館の仮予約枠をファクスで受ける", "引越しの後のPCの手配と、式根島。")
    post(region, "給食の献立を配る", "毎月の作業に2日かかります。")
    assert found(asked, region.villager.actor) == [need.pk]


@pytest.mark.parametrize("asked", ['"予約の体育館"', "予約 -体育館", "図書館", "", "-予約", "。"])
def test_what_does_not_answer_is_not_found(region: Region, asked):
    post(region, "体育館の仮予約枠をファクスで受ける")
    assert found(asked, region.villager.actor) == []


def test_a_title_that_says_it_comes_first_then_the_newest(region: Region):
    old = post(region, "体育館の鍵を取りに来る")
    beside = post(region, "鍵の本数が合わない", "体育館で使っているものです。")
    new = post(region, "体育館の床がはがれる")
    assert found("体育館", region.villager.actor) == [new.pk, old.pk, beside.pk]


def test_over_a_thousand_hits_are_the_newest_thousand(region: Region, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    keys = [region.need().pk for _time in range(3)]
    soon()
    answer = queries.search(terms.read("窓口"), actor=region.coordinator.actor)
    assert answer.is_capped
    assert [row.subject_id for row in answer.rows] == [keys[2], keys[1]]
    page = region.coordinator.browser().get("/search/", {"q": "窓口"}).content.decode()
    assert "2件以上" in page


def test_the_page_marks_the_words_and_leads_to_the_need(region: Region):
    need = post(region, "体育館の予約が重なる")
    soon()
    page = region.villager.browser().get("/search/", {"q": "予約"}).content.decode()
    assert "<mark>予約</mark>" in page
    assert f'href="/needs/{need.pk}/"' in page


def test_residents_find_what_was_solved_in_public_and_are_led_to_its_public_page(region: Region):
    solved = region.need(audience=Audience.PUBLIC, state=State.DONE)
    region.need(audience=Audience.ALL)
    soon()
    page = Client().get("/search/", {"q": "窓口"}).content.decode()
    assert f'href="/needs/public/{solved.pk}/"' in page
    assert page.count("<li><h2>") == 1


def test_who_finds_nothing_is_told_what_to_try(region: Region):
    page = region.villager.browser().get("/search/", {"q": "存在しない言葉"}).content.decode()
    assert "見つかりませんでした" in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "999", "１"])
def test_a_page_that_is_not_there_is_the_nearest(region: Region, page):
    region.need()
    soon()
    answer = region.villager.browser().get("/search/", {"q": "窓口", "page": page})
    assert answer.status_code == 200
    assert "<li><h2>" in answer.content.decode()


def test_the_box_is_in_the_header_of_those_signed_in(region: Region):
    assert "data-slash" in region.villager.browser().get("/needs/").content.decode()
    assert "data-slash" not in Client().get("/").content.decode()


def test_a_rebuilt_index_finds_what_the_living_one_did(region: Region):
    for audience in Audience:
        region.need(audience=audience)
    before = {actor: found("窓口", actor) for actor in actors(region)}
    told: list[int] = []
    assert documents.rebuild(told.append) == told[-1] == Document.objects.count()
    assert {actor: found("窓口", actor) for actor in actors(region)} == before


def test_an_act_that_changes_nothing_to_be_found_leaves_the_document(region: Region):
    need = region.need(audience=Audience.ALL)
    before = Document.objects.get().pk
    actions.move_need(need=need, to=State.CHECKING, reason="", by=region.coordinator.actor, at=clock.now())
    assert Document.objects.get().pk == before


def test_the_list_of_needs_is_narrowed_by_the_same_words(region: Region):
    post(region, "体育館の仮予約枠をファクスで受ける")
    soon()
    browser = region.villager.browser()
    assert "仮予約枠" in browser.get("/needs/", {"q": "ﾌｧｸｽ 予約"}).content.decode()
    assert "仮予約枠" not in browser.get("/needs/", {"q": "図書館"}).content.decode()
