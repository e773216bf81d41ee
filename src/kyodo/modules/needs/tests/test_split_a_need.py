"""A part of a need becomes one of its own, for the same body, with those whom it concerns too."""

import uuid

import pytest

from kyodo.core import clock
from kyodo.modules.needs import actions, queries
from kyodo.modules.needs.models import Need, NeedBacking
from kyodo.modules.needs.rules import Audience, PriceReaders, State
from tests.region import Region, draft_of

pytestmark = pytest.mark.django_db


def split(region, need, *, backings=(), submission=None, **changes):
    return actions.split_need(
        need=need,
        draft=draft_of(title="分けた方の相談です", **changes),
        backings=backings,
        submission=submission or uuid.uuid4(),
        by=region.coordinator.actor,
        at=clock.now(),
    )


def test_the_part_is_the_same_bodys_and_begins_where_the_coordinator_is(region: Region):
    need = region.need(backed_by=(region.townsman,))
    part = Need.objects.get(pk=split(region, need, backings=[NeedBacking.objects.get().pk]))
    assert (part.organisation, part.state, part.split_from, part.backing_count) == (
        region.village,
        State.CHECKING,
        need,
        1,
    )
    assert NeedBacking.objects.filter(need=need).count() == 1, "the need it came from keeps its own"
    told = queries.story(part.pk, actor=region.villager.actor)
    assert told.is_own
    assert told.split_from.id == need.pk
    assert region.villager.user.pk in queries.followers(part.pk)


def test_it_is_shown_to_no_more_people_than_the_need_it_came_from(region: Region):
    need = region.need(audience=Audience.COORDINATORS)
    with pytest.raises(actions.NeedRefused, match="広くは"):
        split(region, need, audience=Audience.ALL)
    assert split(region, need, audience=Audience.COORDINATORS)


def test_a_backing_of_another_need_does_not_come_along(region: Region):
    need = region.need()
    region.need(by=region.person(region.ward, "officer"), backed_by=(region.townsman,))
    part = split(region, need, backings=[NeedBacking.objects.get().pk])
    assert Need.objects.get(pk=part).backing_count == 0


def test_the_same_form_sent_twice_makes_one(region: Region):
    need, key = region.need(), uuid.uuid4()
    part = split(region, need, submission=key)
    with pytest.raises(actions.AlreadyPosted) as again:
        split(region, need, submission=key)
    assert again.value.need_id == part


def test_on_the_page_the_bodies_concerned_are_chosen(region: Region):
    need = region.need(backed_by=(region.townsman,))
    backing = NeedBacking.objects.get()
    browser = region.coordinator.browser()
    page = browser.get(f"/needs/{need.pk}/split/").content.decode()
    assert f'name="backings" value="{backing.pk}"' in page
    sent = {
        "title": "分けた方の相談です",
        "trouble": "別の話なので、分けて進めます。",
        "topic": "counters",
        "audience": "all",
        "standing": "officer",
        "price_readers": "coordinators",
        "submission": str(uuid.uuid4()),
        "revision": "0",
        "backings": [backing.pk],
    }
    answer = browser.post(f"/needs/{need.pk}/split/", sent)
    part = Need.objects.get(split_from=need)
    assert answer.headers["Location"] == f"/needs/{part.pk}/"
    assert part.backing_count == 1


def test_the_part_has_a_page_before_it_takes_a_step_and_after(region: Region):
    part = Need.objects.get(pk=split(region, region.need()))
    assert region.villager.browser().get(f"/needs/{part.pk}/").status_code == 200
    actions.move_need(need=part, to=State.WORKING, reason="", by=region.coordinator.actor, at=clock.now())
    assert region.villager.browser().get(f"/needs/{part.pk}/").status_code == 200


def test_bodies_that_come_along_see_the_part_and_prices_stay_with_those_who_knew_them(region: Region):
    need = region.need(backed_by=(region.townsman,))
    with pytest.raises(actions.NeedRefused, match="見えなくなります"):
        split(region, need, backings=[NeedBacking.objects.get().pk], audience=Audience.COORDINATORS)
    with pytest.raises(actions.NeedRefused, match="広くは"):
        split(region, need, price_readers=PriceReaders.BODIES)


def test_the_part_has_a_title_of_its_own_and_may_keep_a_wish_that_has_passed(region: Region):
    need = region.need()
    Need.objects.filter(pk=need.pk).update(wish_on="2020-01-01")
    need = Need.objects.get(pk=need.pk)
    assert split(region, need, wish_on=need.wish_on)
    draft = draft_of(title=need.title, wish_on=need.wish_on)
    with pytest.raises(actions.NeedRefused, match="違う件名"):
        actions.split_need(
            need=need,
            draft=draft,
            backings=[],
            submission=uuid.uuid4(),
            by=region.coordinator.actor,
            at=clock.now(),
        )
