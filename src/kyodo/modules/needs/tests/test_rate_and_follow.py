"""At the end bodies say how content they are; whoever follows a need hears of it."""

import pytest

from kyodo.core import clock
from kyodo.core.desk import items
from kyodo.core.notifications.models import Notice
from kyodo.modules.needs import actions, queries
from kyodo.modules.needs.models import NeedRating
from kyodo.modules.needs.rules import RatingDraft, State
from tests.region import Region

pytestmark = pytest.mark.django_db


def test_the_body_that_asked_and_those_that_joined_are_asked_and_answer_once(region: Region):
    need = region.need(state=State.DONE, backed_by=(region.townsman,))
    for person in (region.villager, region.townsman):
        assert [item.what for item in items.of(person.actor).items] == ["満足度を答える"]
        sent = {"score": "4", "comment": "電話が減りました。"}
        assert person.browser().post(f"/needs/{need.pk}/rate/", sent).status_code == 302
        assert items.of(person.actor).items == ()
    assert NeedRating.objects.count() == 2


def test_an_answer_given_again_takes_the_place_of_the_first(region: Region):
    need = region.need(state=State.DONE)
    browser = region.villager.browser()
    for score in ("2", "5"):
        browser.post(f"/needs/{need.pk}/rate/", {"score": score})
    assert NeedRating.objects.get().score == 5
    assert 'value="5" required id="id_score_0" checked' in browser.get(f"/needs/{need.pk}/rate/").content.decode()


def test_what_a_body_says_is_read_by_it_and_by_coordinators_and_auditors(region: Region):
    need = region.need(state=State.DONE, backed_by=(region.townsman,))
    draft = RatingDraft(2, "時間がかかりすぎました。")
    actions.rate_need(need=need, draft=draft, by=region.villager.actor, at=clock.now())
    readers = {"villager": True, "coordinator": True, "auditor": True, "townsman": False}
    for name, reads in readers.items():
        page = getattr(region, name).browser().get(f"/needs/{need.pk}/").content.decode()
        assert ("時間がかかりすぎました。" in page) is reads, name


@pytest.mark.parametrize("score", ["0", "6", "x", ""])
def test_a_score_that_is_none_is_refused(region: Region, score):
    need = region.need(state=State.DONE)
    assert region.villager.browser().post(f"/needs/{need.pk}/rate/", {"score": score}).status_code == 422


def test_a_body_without_a_part_in_it_is_not_asked(region: Region):
    need = region.need(state=State.DONE)
    assert region.townsman.browser().get(f"/needs/{need.pk}/rate/").status_code == 404


def test_authors_and_joiners_hear_of_steps_and_whoever_wants_to(region: Region):
    need = region.need(backed_by=(region.townsman,))
    ward = region.person(region.ward, "officer")
    ward.browser().post(f"/needs/{need.pk}/follow/")
    Notice.objects.all().delete()
    actions.move_need(need=need, to=State.CHECKING, reason="", by=region.coordinator.actor, at=clock.now())
    told = set(Notice.objects.values_list("user_id", flat=True))
    assert told == {region.villager.user.pk, region.townsman.user.pk, ward.user.pk}
    ward.browser().post(f"/needs/{need.pk}/follow/", {"stop": "1"})
    assert queries.followers(need.pk) == told - {ward.user.pk}
