"""The directory goes out as a sheet, comes back corrected, with new lines, all faults at once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.directory import actions
from kyodo.core.directory.models import Contact
from kyodo.core.directory.rules import ContactDraft
from tests import sheet_back
from tests.region import Region
from tests.sheet_back import applied, latest

pytestmark = pytest.mark.django_db


def line(region: Region) -> Contact:
    draft = ContactDraft("総務課", phone="042-598-1011")
    return actions.add_contact(organisation=region.village, draft=draft, by=region.operator.actor, at=clock.now())


HEAD = "番号,団体コード,部署・担当,電話\n"


def test_the_coordinator_corrects_a_number_and_adds_a_section(region: Region):
    contact, person = line(region), region.coordinator
    assert person.browser().post("/directory/sheet/").status_code == 200
    taken = latest(f"{HEAD}{contact.pk},133078,総務課,０４２-598-2000\n,133051,企画課,042-588-5111\n", by=person)
    assert not taken.returned.faults
    applied(taken, by=person)
    contact.refresh_from_db()
    assert (contact.phone, contact.revision) == ("042-598-2000", 2)
    assert Contact.objects.get(organisation=region.town).name == "企画課"


def test_every_fault_is_said_at_once(region: Region):
    contact, person = line(region), region.coordinator
    person.browser().post("/directory/sheet/")
    rows = f"{contact.pk},133078,総務課,電話あり\n,133078,総務課,1\n,999999,課,1\n"
    assert len(latest(f"{HEAD}{rows}", by=person).returned.faults) == 3


def test_an_administrator_keeps_the_own_body_only(region: Region):
    person = region.of_role(Role.ADMINISTRATOR)
    person.browser().post("/directory/sheet/")
    assert len(latest(f"{HEAD},133051,企画課,1\n,,総務課,2\n", by=person).returned.faults) == 1
    applied(latest(f"{HEAD},,総務課,2\n", by=person), by=person)
    assert Contact.objects.get().organisation == region.village


def test_forty_new_lines_are_compared_at_the_cost_of_two(region: Region, django_assert_max_num_queries):
    person = region.coordinator
    person.browser().post("/directory/sheet/")
    few, many = ("".join(f",133051,課{number},1\n" for number in range(count)) for count in (2, 40))
    with CaptureQueriesContext(connection) as cost:
        latest(HEAD + few, by=person)
    with django_assert_max_num_queries(len(cost)):
        assert not latest(HEAD + many, by=person).returned.faults


def test_whoever_keeps_contacts_reads_no_sheets_of_needs(region: Region):
    returned = sheet_back.returned(region)
    browser = region.of_role(Role.ADMINISTRATOR).browser()
    assert browser.get(f"/sheets/returned/{returned.pk}/").status_code == 404
    assert returned.name not in browser.get("/sheets/").content.decode()
