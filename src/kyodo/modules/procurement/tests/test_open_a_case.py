"""A case is opened from needs: the bodies that have them come in, but none that asked not to be named."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.modules.needs.actions import merge_needs
from kyodo.modules.needs.rules import Audience, State
from kyodo.modules.procurement.models import CaseMember
from tests.cases import a_case
from tests.region import Region

pytestmark = pytest.mark.django_db


def inside(case) -> set[int]:
    return set(CaseMember.objects.filter(case=case).values_list("organisation_id", flat=True))


def chosen(page: str, body) -> bool:
    """True if the form proposes the body."""
    (box,) = [one.split(">")[0] for one in page.split("<input")[1:] if f'name="bodies" value="{body.pk}"' in one]
    return "checked" in box


def test_who_asked_and_who_joined_come_in(region: Region):
    need = region.need(state=State.WORKING, backed_by=(region.townsman,))
    page = region.coordinator.browser().get(f"/procurement/new/?need={need.pk}").content.decode()
    assert chosen(page, region.village)
    assert chosen(page, region.town)
    assert inside(a_case(region, bodies=(), need_ids=[need.pk])) >= {region.village.pk, region.town.pk}


def test_a_body_that_asked_without_its_name_is_not_told_by_the_case(region: Region):
    need = region.need(state=State.WORKING, audience=Audience.ANONYMOUS, backed_by=(region.townsman,))
    page = region.coordinator.browser().get(f"/procurement/new/?need={need.pk}").content.decode()
    assert not chosen(page, region.village)
    assert chosen(page, region.town)
    assert inside(a_case(region, bodies=(), need_ids=[need.pk])) == {region.town.pk, region.dx_body.pk}


def test_nor_is_one_whose_need_was_merged_into_another(region: Region):
    need = region.need(by=region.townsman)
    quiet = region.need(audience=Audience.ANONYMOUS)
    merge_needs(target=need, sources=[quiet], reason="", by=region.coordinator.actor, at=clock.now())
    assert inside(a_case(region, bodies=(), need_ids=[need.pk])) == {region.town.pk, region.dx_body.pk}
