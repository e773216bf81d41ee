"""Whoever writes a need is shown those like it that this person may see, and why they are like."""

from __future__ import annotations

import uuid

import pytest

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.search import documents
from kyodo.modules.needs import actions, like
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, State
from tests.region import Region, draft_of

pytestmark = pytest.mark.django_db
GYM = "体育館の予約が電話と紙台帳で重なる"


@pytest.fixture(autouse=True)
def _new_worker():
    like.forget()
    yield
    like.forget()


@pytest.fixture
def gym(region: Region):
    """A need of the village about its gym, and others about other things."""
    for number in range(3):
        region.need(by=region.townsman, title=f"給食の献立を毎月手で配っている {number}")
    return _post(region, audience=Audience.ALL)


def _post(region: Region, *, audience: Audience, title: str = GYM) -> Need:
    draft = draft_of(title=title, trouble="窓口の台帳で受け、二重予約が月に3回あります。", audience=audience)
    by = region.villager.actor
    key = actions.post_need(draft=draft, section="課", submission=uuid.uuid4(), by=by, at=clock.now())
    return Need.objects.get(pk=key)


def found(person, title="グラウンドを同じ日に貸してしまう", trouble="予約の台帳が2冊ある"):
    """What somebody is shown while writing."""
    return like.while_writing(title, trouble, actor=person.actor)


def test_a_like_need_is_shown_with_the_words_that_say_so(region: Region, gym):
    first = found(region.townsman)[0]
    assert first.need.id == gym.pk
    assert "体育館" in first.shared
    assert first.may_back
    assert not first.is_solved


def test_another_towns_hidden_need_never_appears(region: Region):
    hidden = _post(region, audience=Audience.COORDINATORS)
    assert found(region.townsman) == []
    assert [one.need.id for one in found(region.villager)] == [hidden.pk]


def test_hidden_needs_do_not_crowd_out_what_may_be_seen(region: Region, gym):
    for number in range(35):
        title = f"グラウンドを同じ日に貸してしまう {number}"
        region.need(by=region.person(region.ward, Role.OFFICER), audience=Audience.COORDINATORS, title=title)
    assert [one.need.id for one in found(region.townsman, trouble="電話と紙台帳")] == [gym.pk]


def test_a_body_that_asked_not_to_be_named_is_not_named(region: Region):
    _post(region, audience=Audience.ANONYMOUS)
    page = _typed(region.townsman, title=GYM)
    assert GYM in page
    assert "檜原村" not in page


def test_a_new_and_a_rewritten_need_are_known_at_the_next_key(region: Region):
    assert found(region.townsman) == []
    need = _post(region, audience=Audience.ALL)
    assert [one.need.id for one in found(region.townsman)] == [need.pk]
    draft = draft_of(title="図書館の本が返ってこない", trouble="督促を毎週書いています。", audience=Audience.ALL)
    actions.edit_need(need=need, draft=draft, revision=1, by=region.villager.actor, at=clock.now())
    assert found(region.townsman) == []


def test_a_rebuilt_search_changes_nothing(region: Region, gym):
    before = found(region.townsman)
    documents.rebuild(lambda _number: None)
    assert found(region.townsman) == before


def test_a_key_costs_two_queries(region: Region, gym, django_assert_num_queries):
    found(region.townsman)
    with django_assert_num_queries(2):
        found(region.townsman)


def test_nothing_is_asked_before_there_is_something_to_compare(region: Region, django_assert_num_queries):
    person = region.townsman
    with django_assert_num_queries(0):
        assert found(person, title="給", trouble="") == []


def _typed(person, *, htmx=True, **fields):
    headers = {"HX-Request": "true"} if htmx else {}
    answer = person.browser().post("/needs/like/", {"title": "", "trouble": "", **fields}, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_form_is_answered_with_a_part_and_without_scripts_with_a_page(region: Region, gym):
    part, page = _typed(region.townsman, title=GYM), _typed(region.townsman, htmx=False, title=GYM)
    assert "<html" not in part
    assert "<html" in page
    for answer in (part, page):
        assert f"/needs/{gym.pk}/back/" in answer
        assert "うちも" in answer


def test_the_own_need_offers_no_joining(region: Region, gym):
    assert f"/needs/{gym.pk}/back/" not in _typed(region.villager, title=GYM)


def test_a_solved_one_leads_to_how_it_was_solved(region: Region):
    solved = region.need(title=GYM, state=State.DONE)
    page = _typed(region.townsman, title=GYM)
    assert "どう解決したかを見る" in page
    assert f"/needs/{solved.pk}/back/" not in page


def test_nothing_is_shown_where_nothing_is_like(region: Region, gym):
    assert _typed(region.townsman, title="zzzz qqqq").strip() == ""


def test_the_posting_form_asks_while_somebody_types_and_has_a_button_too(region: Region):
    page = region.villager.browser().get("/needs/new/").content.decode()
    assert 'hx-post="/needs/like/"' in page
    assert 'formaction="/needs/like/"' in page


def test_a_need_names_those_like_it_but_not_itself(region: Region, gym):
    other = _post(region, audience=Audience.ALL, title="校庭を同じ日に2団体へ貸してしまう")
    assert [one.need.id for one in like.of_need(other.pk, region.townsman.actor)] == [gym.pk]
    assert like.of_need(999999, region.townsman.actor) == []


def test_what_was_merged_is_joined_where_it_is_told(region: Region, gym):
    other = region.need(by=region.person(region.ward, Role.OFFICER), title="電柱の番号がわからない")
    actions.merge_needs(target=other, sources=[gym], reason="", by=region.coordinator.actor, at=clock.now())
    (like_one,) = found(region.townsman)
    assert (like_one.need.id, like_one.may_back) == (other.pk, True)
    assert "体育館" in like_one.shared
    assert other.pk not in [one.need.id for one in like.of_need(other.pk, region.townsman.actor)]
