"""Needs of bodies that merge find their successor; two voices of what is one body now become one."""

from __future__ import annotations

import pytest

from kyodo.core.access.roles import Role
from kyodo.core.mergers import tasks
from kyodo.modules.needs.models import Need, NeedBacking
from tests import moving
from tests.region import Region

pytestmark = pytest.mark.django_db


def test_needs_go_over_and_two_voices_become_one(region: Region):
    need = region.need()
    both = region.need(by=region.person(region.ward, Role.OFFICER), backed_by=(region.villager, region.townsman))
    of_town = region.need(by=region.townsman, backed_by=(region.villager,))
    moving.merger(region, days=0)
    tasks.apply_due.function(None)
    assert Need.objects.get(pk=need.pk).organisation_id == region.town.pk
    assert list(NeedBacking.objects.filter(need=both).values_list("organisation_id", flat=True)) == [region.town.pk]
    assert Need.objects.get(pk=both.pk).backing_count == 1
    assert not NeedBacking.objects.filter(need=of_town).exists(), "nobody joins their own need"
    assert Need.objects.get(pk=of_town.pk).backing_count == 0
    page = region.townsman.browser().get(f"/needs/{need.pk}/")
    assert page.status_code == 200
    record = region.auditor.browser().get(f"/audit/?kind=needs.need&about={need.pk}").content.decode()
    assert "檜原村" in record
