"""The operator sets entrances up, says which body comes in where, and sees how a request arrives."""

from __future__ import annotations

import pytest
from django.test import Client

from kyodo.core.audit.models import Entry
from kyodo.core.entrances import queries
from kyodo.core.entrances.models import Entrance
from kyodo.core.organisations.models import Kind, Organisation
from tests.region import Region
from tests.two_entrances import INNER, OUTER

pytestmark = pytest.mark.django_db
ROW = {"name": "庁内の入口", "host": "testserver", "nature": "inner"}


def test_the_first_entrance_is_the_host_name_in_use_and_its_operator_goes_on(region: Region):
    browser = region.operator.browser()
    assert 'value="testserver"' in browser.get("/entrances/new/").content.decode()
    answer = browser.post("/entrances/new/", {**ROW, "host": "other.test"})
    assert answer.status_code == 422
    assert "最初に、いま使っているこのホスト名を" in answer.content.decode()
    assert browser.post("/entrances/new/", ROW).status_code == 302
    queries.forget()
    assert "庁内の入口" in browser.get("/entrances/").content.decode()
    browser.post("/entrances/new/", {"name": "外", "host": "Outer.test", "nature": "outer", "roles": ["officer"]})
    outer = Entrance.objects.get(nature="outer")
    assert (outer.host, outer.slug, outer.roles) == ("outer.test", "outer-test", ["officer"])
    assert list(Entry.objects.values_list("action", flat=True))[-2:] == ["entrances.added"] * 2


def test_a_host_name_is_an_entrance_once(region: Region, both):
    browser = region.operator.browser(host=INNER, entrance="inner")
    answer = browser.post("/entrances/new/", {**ROW, "host": OUTER})
    assert "もうあります" in answer.content.decode()
    assert Entrance.objects.count() == 2


def test_an_entrance_is_changed_and_a_host_name_that_the_settings_refuse_is_marked(region: Region, both):
    browser = region.operator.browser(host=INNER, entrance="inner")
    address = f"/entrances/{both[OUTER].pk}/"
    browser.post(address, {"name": "外", "host": "new.test", "nature": "outer", "ways": ["passkey"]})
    text = browser.get("/entrances/").content.decode()
    assert "KYODO_HOSTS にありません" in text
    assert Entrance.objects.get(pk=both[OUTER].pk).ways == ["passkey"]


def test_whole_groups_and_single_bodies_get_their_entrance_at_once(region: Region, both):
    company = Organisation.objects.create(kind=Kind.COMPANY, name="多摩ソフト", label="多摩")
    browser = region.operator.browser(host=INNER, entrance="inner")
    inner, outer = both[INNER].pk, both[OUTER].pk
    told = {"municipal": inner, "company": outer, "bodies": [region.town.pk], "target": outer}
    browser.post("/entrances/bodies/", told)
    homes = dict(Organisation.objects.values_list("pk", "home_entrance_id"))
    assert homes[region.village.pk] == inner
    assert homes[region.town.pk] == homes[company.pk] == outer
    assert homes[region.dx_body.pk] is None
    answer = browser.post("/entrances/bodies/", {"bodies": [region.town.pk]})
    assert "選んだ団体の入口を選んでください" in answer.content.decode()


def arrival(region: Region, host: str = INNER, **headers: str) -> str:
    entrance = "inner" if host == INNER else "outer" if host == OUTER else "main"
    browser = region.operator.browser(host=host, entrance=entrance)
    return str(browser.get("/entrances/here/", headers=headers).content.decode())


def test_the_operator_sees_how_a_request_arrives_at_either_entrance(region: Region, both):
    assert "直すところはありません" in arrival(region)
    text = arrival(region, OUTER)
    assert "インターネットの入口" in text
    assert OUTER in text


@pytest.mark.parametrize(
    ("headers", "behind_tls", "told"),
    [
        ({"x-forwarded-host": "kyodo.example.jp"}, False, "Host を書き換えています"),
        ({"x-forwarded-proto": "https"}, False, "KYODO_BEHIND_TLS が設定されていません"),
        ({}, True, "X-Forwarded-Proto: https を付けていません"),
        ({"x-forwarded-for": "10.0.0.9"}, False, "KYODO_TRUSTED_PROXIES が 0"),
    ],
)
def test_what_a_proxy_does_wrong_is_named(region: Region, both, settings, headers, behind_tls, told):
    settings.BEHIND_TLS = behind_tls
    assert told in arrival(region, **headers)


def test_an_unnamed_host_name_is_named(region: Region, both):
    assert "登録されていません" in arrival(region, "testserver")


def test_a_forwarded_host_chooses_no_entrance(region: Region, both):
    """Whoever is on the internet could send it: the entrance is that of the Host which the proxy passes on."""
    answer = region.operator.browser(host=OUTER, entrance="outer").get(
        "/entrances/", headers={"x-forwarded-host": INNER}
    )
    assert answer.status_code == 403
    assert Client(headers={"host": OUTER, "x-forwarded-host": INNER}).get("/").status_code == 200
