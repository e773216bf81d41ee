"""Who moves leaves their deadlines to whoever follows, or to the body; what was met stays with who met it."""

from __future__ import annotations

from datetime import date

import pytest

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.deadlines import contributions
from kyodo.core.deadlines.models import Deadline
from kyodo.core.deadlines.setting import Due, meet, set_deadline
from tests.region import Region

pytestmark = pytest.mark.django_db


def test_open_deadlines_go_and_met_ones_stay(region: Region):
    user, other = region.villager.user.pk, region.of_role(Role.APPROVER).user.pk
    for subject in (1, 2):
        due = Due("t", subject, "p", "答える", f"窓口の件{subject}", "/needs/1/", region.village.pk, user)
        set_deadline(due, on=date(2027, 4, 20), at=clock.now())
    meet("t", 2, at=clock.now())
    (item,) = contributions.on_hands(user, region.village.pk)
    assert item.label == "2027-04-20 窓口の件1"
    contributions.hand_on(user, other, region.village.pk, clock.now())
    assert list(Deadline.objects.order_by("subject_id").values_list("user_id", flat=True)) == [other, user]
    contributions.hand_on(other, None, region.village.pk, clock.now())
    assert Deadline.objects.get(subject_id=1).user_id is None
