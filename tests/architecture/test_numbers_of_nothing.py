"""An address with a number that no database takes leads nowhere: 404, and no fault of ours."""

from __future__ import annotations

import pytest
from django.test import Client

from kyodo.core.access.roles import Role
from tests.architecture.house import House
from tests.region import Region

pytestmark = pytest.mark.django_db
TOO_LARGE = 2**64


@pytest.mark.parametrize("address", ["/needs/{n}/", "/procurement/{n}/", "/procurement/public/{n}/"])
def test_a_page_is_not_found(region: Region, address: str):
    assert region.villager.browser().get(address.format(n=TOO_LARGE)).status_code == 404


@pytest.mark.parametrize("address", ["needs/{n}", "procurement/{n}/market", "procurement/{n}/estimates"])
def test_neither_is_what_an_operation_is_asked_for(region: Region, address: str):
    token = House(region).tokens[Role.COORDINATOR]
    answer = Client().get(f"/api/v1/{address.format(n=TOO_LARGE)}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
