"""Who is told, sees it on a page of their own, and goes from there to where it happened."""

from __future__ import annotations

import re

from kyodo.core.notifications.models import Notice
from kyodo.core.notifications.tests.situations import gone, narrowed, told, with_mail
from tests.region import Region


def test_others_are_told_and_whoever_acts_is_not(region: Region):
    notices = told(region.need(), region.villager, region.townsman, by=region.villager)
    assert [notice.user_id for notice in notices] == [region.townsman.user.pk]


def test_nobody_is_told_of_what_they_may_not_see(region: Region):
    hidden = narrowed(region.need())
    notices = told(hidden, region.villager, region.townsman, region.coordinator, region.operator, by=region.auditor)
    assert {notice.user_id for notice in notices} == {region.villager.user.pk, region.coordinator.user.pk}


def test_nobody_is_told_whose_role_is_over(region: Region):
    assert told(region.need(), gone(region.townsman), by=region.villager) == []


def test_whoever_moved_to_another_body_is_not_told_of_what_the_old_one_keeps_to_itself(region: Region):
    hidden, person = narrowed(region.need(by=region.townsman)), region.townsman
    assert len(told(hidden, person, by=region.coordinator)) == 1
    person.user.memberships.update(organisation=region.ward)
    assert len(told(hidden, person, by=region.coordinator)) == 1


def test_notes_are_told_to_those_only_who_coordinate(region: Region):
    people = (region.villager, region.auditor, region.coordinator)
    notices = told(region.need(), *people, by=region.townsman, internal=True)
    assert [notice.user_id for notice in notices] == [region.coordinator.user.pk]


def test_a_notice_is_read_by_following_it(region: Region):
    need = region.need()
    (notice,) = told(need, region.townsman, by=region.villager)
    browser = region.townsman.browser()
    assert "未読" in browser.get("/notifications/").content.decode()
    answer = browser.get(f"/notifications/{notice.pk}/")
    assert answer.headers["Location"] == f"/needs/{need.pk}/"
    assert "未読" not in browser.get("/notifications/").content.decode()


def test_another_persons_notice_is_neither_read_nor_followed(region: Region):
    (notice,) = told(region.need(), region.townsman, by=region.villager)
    assert region.villager.browser().get(f"/notifications/{notice.pk}/").headers["Location"] == "/"
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_of_ones_own_are_read_at_once(region: Region):
    need = region.need()
    told(need, region.townsman, region.coordinator, by=region.villager)
    told(need, region.townsman, by=region.villager)
    region.townsman.browser().post("/notifications/read/")
    assert [one.user_id for one in Notice.objects.filter(read_at=None)] == [region.coordinator.user.pk]


def test_the_english_page_has_japanese_only_where_it_is_marked(region: Region):
    told(region.need(), region.townsman, by=region.villager)
    with_mail(region.townsman, language="en")
    browser = region.townsman.browser()
    page = browser.get("/notifications/", headers={"Accept-Language": "en"}).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "wrote" in main
    told_in_english = re.sub(r'<(\w+)[^>]*lang="ja"[^>]*>.*?</\1>', "", main, flags=re.DOTALL)
    assert not re.search(r"[぀-ヿ一-鿿]", told_in_english), told_in_english


def test_what_people_are_called_is_never_run_as_html(region: Region):
    need = region.need(title="<script>alert(1)</script>の件で困っています")
    told(need, region.townsman, by=region.villager)
    assert "<script>alert(1)" not in region.townsman.browser().get("/notifications/").content.decode()
