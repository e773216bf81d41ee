"""A module that is off answers 404 everywhere and is in no menu; switched on again, all of it is there."""

from __future__ import annotations

import pytest
from django.test import Client

from kyodo.core.switches import modules
from tests.region import Region

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    modules.forget()
    yield
    modules.forget()


ADDRESSES = (
    "/needs/",
    "/needs/new/",
    "/needs/public/",
    "/needs/public/feed.atom",
    "/api/v1/needs/",
    "/api/v1/needs/1/",
)


def switch(region: Region, is_on: str) -> str:
    answer = region.operator.browser().post("/functions/needs/", {"is_on": is_on}, follow=True)
    return answer.content.decode()


def test_off_it_is_nowhere_and_on_again_it_is_all_there(region: Region):
    need, browser = region.need(), region.villager.browser()
    assert "使わないことにしました" in switch(region, "no")
    for address in (*ADDRESSES, f"/needs/{need.pk}/"):
        assert browser.get(address).status_code == 404, address
        assert Client().get(address).status_code == 404, address
    assert 'href="/needs/' not in browser.get("/").content.decode()
    assert 'href="/needs/' not in Client().get("/").content.decode()
    assert "を使います" in switch(region, "yes")
    assert browser.get(f"/needs/{need.pk}/").status_code == 200
    assert 'href="/needs/' in browser.get("/").content.decode()


def test_the_rest_of_the_house_goes_on(region: Region):
    switch(region, "no")
    browser = region.operator.browser()
    for address in ("/", "/accounts/users/", "/jobs/", "/healthz"):
        assert browser.get(address).status_code == 200, address
