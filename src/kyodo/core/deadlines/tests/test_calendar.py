"""Days in one's own calendar program: a file, and a secret address that shows one person's days and can be revoked."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils.translation import override
from icalendar import Calendar

from kyodo.core import clock
from kyodo.core.accounts.models import Membership
from kyodo.core.deadlines.models import CalendarKey
from kyodo.core.deadlines.tests.situations import due
from kyodo.core.entrances.models import Entrance
from kyodo.core.ui.dates import shown_closure
from tests.region import Person, Region


def secret(of: Person) -> str:
    page = of.browser().post("/deadlines/calendar/open/").content.decode()
    found = re.search(r'value="https?://[^/]+(/deadlines/calendar/[^"]+)"', page)
    assert found
    return found[1]


def events(content: bytes) -> list[Any]:
    return [part for part in Calendar.from_ical(content).walk() if part.name == "VEVENT"]


def test_the_file_holds_whole_days_with_the_same_identity_each_time(region: Region):
    told = date(2026, 12, 25)
    due(region.villager, on=told)
    browser = region.villager.browser()
    (first,), (again,) = (events(browser.get("/deadlines/calendar.ics").content) for _time in range(2))
    assert first.decoded("dtstart") == told
    assert first.decoded("dtend") == told + timedelta(days=1)
    assert str(first["summary"]) == "返事・対応「#1 窓口の待ち時間」"
    assert str(first["uid"]) == str(again["uid"]) != ""


def test_a_moved_day_keeps_its_identity(region: Region):
    due(region.villager)
    browser = region.villager.browser()
    (before,) = events(browser.get("/deadlines/calendar.ics").content)
    due(region.villager, on=clock.today())
    (after,) = events(browser.get("/deadlines/calendar.ics").content)
    assert str(before["uid"]) == str(after["uid"])
    assert before.decoded("dtstart") != after.decoded("dtstart")


def test_the_secret_address_needs_no_sign_in_and_shows_its_owners_days_alone(region: Region):
    due(region.villager, subject=1)
    due(region.townsman, subject=2)
    answer = Client().get(secret(region.villager))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert [str(one["summary"]) for one in events(answer.content)] == ["返事・対応「#1 窓口の待ち時間」"]


def test_it_is_in_its_owners_language_and_leads_to_the_entrance_of_their_body(region: Region):
    region.village.home_entrance = Entrance.objects.create(slug="in", name="庁内", host="in.example.jp", nature="inner")
    region.village.save()
    region.villager.user.language = "en"
    region.villager.user.save()
    due(region.villager)
    (event,) = events(Client().get(secret(region.villager)).content)
    assert "「" not in str(event["summary"])
    assert str(event["url"]) == "http://in.example.jp:8000/needs/1/"


def test_an_address_that_was_made_anew_or_revoked_is_none(region: Region):
    first = secret(region.villager)
    second = secret(region.villager)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    region.villager.browser().post("/deadlines/calendar/close/")
    assert Client().get(second).status_code == 404


def test_it_ends_with_the_membership_and_with_the_account(region: Region):
    address = secret(region.villager)
    Membership.objects.filter(user=region.villager.user).update(valid_until=clock.today() - timedelta(days=1))
    assert Client().get(address).status_code == 404
    Membership.objects.filter(user=region.villager.user).update(valid_until=None)
    assert Client().get(address).status_code == 200
    region.villager.user.is_active = False
    region.villager.user.save()
    assert Client().get(address).status_code == 404


def test_the_secret_itself_is_not_kept_and_the_answer_in_no_cache(region: Region):
    address = secret(region.villager)
    key = address.split("/")[3]
    assert key not in str(CalendarKey.objects.values().get())
    assert "no-store" in Client().get(address).headers["Cache-Control"]


def test_a_day_off_is_named_with_the_last_open_day_before_it_in_the_file_and_on_the_page(region: Region):
    due(region.villager, on=date(2027, 5, 4))
    due(region.villager, on=date(2027, 5, 6), subject=2)
    told = "5月4日(みどりの日)は閉庁日です。直前の開庁日は2027年4月30日(金)です。"
    browser = region.villager.browser()
    off, on = events(browser.get("/deadlines/calendar.ics").content)
    assert str(off["description"]).endswith(told)
    assert "description" not in on
    assert browser.get("/deadlines/").content.decode().count(told) == 1


def test_a_weekend_is_told_by_its_weekday_and_in_english_too():
    assert shown_closure(date(2027, 5, 8)).startswith("2027年5月8日(土)は閉庁日です。")
    with override("en"):
        assert shown_closure(date(2027, 5, 4)).isascii()
