"""Who moves leaves the needs that they see to, answer and follow to whoever follows them."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership
from kyodo.core.transfers import handing_over
from kyodo.modules.needs.models import Need, NeedFollow
from tests.region import LONG_AGO, Region

pytestmark = pytest.mark.django_db


def test_what_is_seen_to_and_followed_goes_to_the_successor(region: Region):
    need, coordinator = region.need(title="窓口の待ち時間が長い"), region.coordinator.user.pk
    other = region.person(region.dx_body, Role.AUDITOR).user.pk
    Need.objects.filter(pk=need.pk).update(assignee_id=coordinator)
    NeedFollow.objects.get_or_create(need=need, user_id=coordinator)
    NeedFollow.objects.get_or_create(need=need, user_id=other)
    handed = handing_over.hand(coordinator, other, organisation=region.dx_body.pk, at=clock.now())
    assert {one["label"] for one in handed} == {"窓口の待ち時間が長い"}
    assert Need.objects.get(pk=need.pk).assignee_id == other
    assert list(
        NeedFollow.objects.filter(need=need, user_id__in=[coordinator, other]).values_list("user", flat=True)
    ) == [other]


def test_who_still_works_for_another_body_keeps_what_is_theirs(region: Region):
    need, coordinator = region.need(), region.coordinator.user
    Need.objects.filter(pk=need.pk).update(assignee_id=coordinator.pk)
    Membership.objects.create(user=coordinator, organisation=region.town, role=Role.OFFICER, valid_from=LONG_AGO)
    assert not handing_over.hand(coordinator.pk, None, organisation=region.dx_body.pk, at=clock.now())
    assert Need.objects.get(pk=need.pk).assignee_id == coordinator.pk
