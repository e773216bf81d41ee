"""A body that merges takes its lines and invitations along, and leaves nothing under a name that is taken there."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.core.directory import actions
from kyodo.core.directory.models import Contact, Invitation
from kyodo.core.directory.rules import ContactDraft
from kyodo.core.mergers import estate
from tests.region import Region

pytestmark = pytest.mark.django_db


def test_lines_and_invitations_go_over_to_the_successor(region: Region):
    by, at = region.operator.actor, clock.now()
    for body, name in ((region.village, "総務課"), (region.village, "村民課"), (region.town, "総務課")):
        actions.add_contact(organisation=body, draft=ContactDraft(name), by=by, at=at)
    actions.invite(people={region.villager.user.pk: region.village.pk}, by=by, at=at)
    estate.move(region.village.pk, region.town.pk, day=clock.today(), at=at)
    assert set(Contact.objects.filter(organisation=region.town).values_list("name", flat=True)) == {"総務課", "村民課"}
    assert Contact.objects.filter(organisation=region.village).count() == 1
    assert Invitation.objects.get().organisation == region.town
