"""Who sees a need is chosen by its author; what is hidden can't be told from what does not exist."""

import re

import pytest
from django.test import Client

from kyodo.modules.needs import queries
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, State
from tests.region import Region

pytestmark = pytest.mark.django_db


def seen(person, need):
    return queries.visible_to(person.actor).filter(pk=need.pk).exists()


def test_the_default_is_seen_by_coordinators_auditors_and_the_own_body_only(region: Region):
    need = region.need(audience=Audience.COORDINATORS)
    assert seen(region.villager, need)
    assert seen(region.coordinator, need)
    assert seen(region.auditor, need)
    assert not seen(region.townsman, need)
    assert not seen(region.operator, need)


def test_another_body_gets_the_same_answer_for_a_hidden_need_and_for_none(region: Region):
    need = region.need(audience=Audience.COORDINATORS)
    browser = region.townsman.browser()
    hidden, none = browser.get(f"/needs/{need.pk}/"), browser.get("/needs/999999/")
    assert hidden.status_code == none.status_code == 404

    def told(answer, key):
        return re.sub(r'value="\w{64}"', "", answer.content.decode()).replace(f"/{key}/", "/")

    assert told(hidden, need.pk) == told(none, 999999)


def test_a_body_that_asked_not_to_be_named_is_not_named_anywhere(region: Region):
    need = region.need(audience=Audience.ANONYMOUS, title="名前を出さない相談です")
    browser = region.townsman.browser()
    for address in ("/needs/", f"/needs/{need.pk}/", "/needs/?format=csv", "/"):
        answer = browser.get(address)
        page = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "名前を出さない相談です" in page.decode()
        told = re.sub(r"<svg.*?</svg>", "", page.decode(), flags=re.DOTALL)  # the map names all bodies
        assert "檜原村" not in told
    (row,) = queries.rows(need_values(need), actor=region.townsman.actor)
    assert (row.organisation_id, row.organisation, row.section) == (None, None, None)


def need_values(need):
    return Need.objects.filter(pk=need.pk).values_list(*queries.ROW_FIELDS)


def test_an_unnamed_body_is_not_found_by_filtering_for_its_name_or_code(region: Region):
    region.need(audience=Audience.ANONYMOUS, title="名前を出さない相談です")
    for query in ("檜原", "133078"):
        assert "名前を出さない" not in region.townsman.browser().get("/needs/", {"body": query}).content.decode()
        assert "名前を出さない" in region.villager.browser().get("/needs/", {"body": query}).content.decode()
        assert "名前を出さない" in region.coordinator.browser().get("/needs/", {"body": query}).content.decode()


def test_the_unnamed_body_sees_its_own_name_and_so_do_coordinators(region: Region):
    need = region.need(audience=Audience.ANONYMOUS)
    for person in (region.villager, region.coordinator, region.auditor):
        (row,) = queries.rows(need_values(need), actor=person.actor)
        assert row.organisation == "檜原村"


def test_an_unnamed_body_is_not_marked_on_the_map(region: Region):
    need = region.need(audience=Audience.ANONYMOUS)
    assert "chosen" not in region.townsman.browser().get(f"/needs/{need.pk}/").content.decode()
    assert "chosen" in region.villager.browser().get(f"/needs/{need.pk}/").content.decode()


def test_residents_read_what_was_solved_and_public_and_nothing_else(region: Region):
    public = region.need(audience=Audience.PUBLIC, state=State.DONE, title="公開された解決の記録です")
    still_open = region.need(audience=Audience.PUBLIC, title="まだ解決していない相談です")
    shared = region.need(audience=Audience.ALL, state=State.DONE, title="団体の間だけの相談です")
    page = Client().get("/needs/public/").content.decode()
    assert public.title in page
    assert still_open.title not in page
    assert shared.title not in page
    assert Client().get(f"/needs/public/{public.pk}/").status_code == 200
    for other in (still_open, shared):
        assert Client().get(f"/needs/public/{other.pk}/").status_code == 404


def test_words_of_those_who_joined_are_not_on_the_public_page(region: Region):
    need = region.need(audience=Audience.PUBLIC, state=State.DONE, backed_by=(region.townsman,))
    page = Client().get(f"/needs/public/{need.pk}/").content.decode()
    assert "日の出町" in page
    assert "うちも同じです。" not in page
    assert "企画課" not in page


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_and_back(region: Region):
    answer = Client().get("/needs/?state=working")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/needs/%3Fstate%3Dworking"
