"""Who follows hears of a post, a body that is mentioned is told; unless they may not see what it is about."""

from __future__ import annotations

import doctest

import pytest

from kyodo.core.access.roles import Role
from kyodo.core.notifications.models import Notice
from kyodo.core.threads import rules
from kyodo.core.threads.tests.situations import HIDDEN, UNNAMED, post, shown_to, told
from tests.region import Region


@pytest.fixture
def joined(region: Region):
    """A village's need that the town joined, and nobody told of it yet."""
    need = region.need(backed_by=(region.townsman,))
    Notice.objects.all().delete()
    return need


def test_who_posted_and_who_joined_hear_of_a_post_and_its_writer_does_not(region: Region, joined):
    post(joined, region.townsman)
    assert list(told()) == [region.villager.user.pk]
    Notice.objects.all().delete()
    post(joined, region.coordinator)
    assert set(told()) == {region.villager.user.pk, region.townsman.user.pk}
    assert Notice.objects.first().address.startswith(f"/needs/{joined.pk}/#post-")


def test_who_followed_and_may_no_longer_see_it_hears_nothing(region: Region, joined):
    shown_to(joined, HIDDEN)
    post(joined, region.coordinator)
    assert set(told()) == {region.villager.user.pk}


def test_the_officers_of_a_mentioned_body_are_told_once(region: Region, joined):
    ward = region.person(region.ward, Role.OFFICER)
    post(joined, region.coordinator, "＠世田谷区 ではどうしていますか。@日の出町 も。")
    assert "あなたの団体に呼びかけました" in told()[ward.user.pk]
    assert "あなたの団体に呼びかけました" in told()[region.townsman.user.pk]
    assert Notice.objects.filter(user=region.townsman.user).count() == 1


def test_a_mention_tells_nobody_who_may_not_read_it(region: Region):
    hidden = shown_to(region.need(), HIDDEN)
    Notice.objects.all().delete()
    post(hidden, region.coordinator, "@日の出町 と @檜原村 と @監査事務局")
    assert region.townsman.user.pk not in told()
    assert region.auditor.user.pk not in told()
    assert region.villager.user.pk in told()


def test_the_body_that_is_not_named_stays_so_in_notices(region: Region, joined):
    shown_to(joined, UNNAMED)
    post(joined, region.villager, "@世田谷区 にも聞きたいです。")
    region.person(region.ward, Role.OFFICER)
    assert told()
    for notice in Notice.objects.all():
        assert "檜原村" not in notice.sentence.format(**notice.facts)
        assert "檜原村" not in str(notice.facts)


def test_of_two_names_that_fit_the_longer_is_meant():
    assert doctest.testmod(rules).failed == 0
    assert rules.mentioned("@日の出町へ", {"日の出": 1, "日の出町": 2}) == {2}
