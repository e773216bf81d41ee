"""Sessions and budget deadlines: assumed until a body says its own, drawn for all, fetched by a body's calendar."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from kyodo.core import clock
from kyodo.core.field_calendar import actions, queries
from kyodo.core.field_calendar.models import BodyDay
from kyodo.core.field_calendar.rules import DayDraft, Kind
from kyodo.core.organisations.models import Organisation
from kyodo.engines.calendar import is_business_day, next_business_day
from tests import sheet_back
from tests.region import Region

pytestmark = pytest.mark.django_db

YEAR = (date(2026, 4, 1), date(2027, 3, 31))


def said(region: Region, **told: object) -> int:
    facts: dict[str, object] = {
        "kind": Kind.SESSION,
        "name": "第2回定例会",
        "first": date(2026, 6, 3),
        "last": date(2026, 6, 19),
        **told,
    }
    draft = DayDraft(**facts)
    return actions.add_day(organisation=region.village, draft=draft, by=region.villager.actor, at=clock.now())


def test_the_usual_four_sessions_are_assumed_until_the_body_says_its_own(region: Region):
    ids = [region.village.pk, region.town.pk]
    assumed = queries.sessions_of([region.village.pk], *YEAR)
    assert [row.first.month for row in assumed] == [6, 9, 12, 3]
    assert all(row.is_estimate for row in assumed)
    said(region)
    found = queries.sessions_of(ids, *YEAR)
    assert [row.name for row in found if row.organisation_id == region.village.pk] == ["第2回定例会"]
    assert len([row for row in found if row.organisation_id == region.town.pk]) == 4


def test_only_sessions_that_touch_the_days_asked_for_are_told(region: Region):
    said(region)
    assert queries.sessions_of([region.village.pk], date(2026, 6, 19), date(2026, 8, 31))
    assert not queries.sessions_of([region.village.pk], date(2026, 6, 20), date(2026, 8, 31))


def test_a_dx_body_has_no_council(region: Region):
    assert not queries.sessions_of([region.dx_body.pk], *YEAR)


def test_the_budget_is_asked_for_by_the_end_of_october_unless_the_body_says_another_day(region: Region):
    assumed = queries.budget_request_deadline(region.village.pk, 2027)
    assert assumed.is_estimate
    assert assumed.first == date(2026, 10, 30)
    assert queries.budget_request_deadline(region.village.pk, 2028).first == date(2027, 10, 29)
    day = date(2026, 11, 6)
    said(region, kind=Kind.BUDGET, name="令和9年度当初", first=day, last=day, fiscal_year=2027)
    assert queries.budget_request_deadline(region.village.pk, 2027).first == day
    with pytest.raises(actions.DayRefused):
        said(region, kind=Kind.BUDGET, name="もう一つ", first=day, last=day, fiscal_year=2027)


def test_a_bodys_own_days_off_count_where_working_days_are_counted(region: Region):
    day = date(2026, 10, 1)
    said(region, kind=Kind.CLOSED, name="開庁記念日", first=day, last=day)
    closed = queries.closed_days_of(region.village.pk, *YEAR)
    assert is_business_day(day)
    assert not is_business_day(day, also=closed)
    assert next_business_day(date(2026, 9, 30), also=closed) == date(2026, 10, 2)


def test_an_officer_enters_a_session_and_hears_all_that_is_wrong_at_once(region: Region):
    browser = region.villager.browser()
    address = f"/calendar/{region.village.pk}/days/new/"
    wrong = browser.post(
        address,
        {"kind": "session", "name": "", "first": "2026-06-10", "last": "2026-06-01", "bills_due_on": "2026-07-01"},
    )
    assert {"name", "last", "bills_due_on"} <= wrong.context["form"].errors.keys()
    right = {"kind": "session", "name": "第2回定例会", "first": "2026-06-03", "last": "2026-06-19"}
    assert browser.post(address, right).status_code == 302
    day = BodyDay.objects.get()
    page = browser.get(f"/calendar/days/{day.pk}/")
    told = {**right, "name": "6月議会", "revision": page.context["form"].initial["revision"]}
    assert browser.post(f"/calendar/days/{day.pk}/", told).status_code == 302
    assert browser.post(f"/calendar/days/{day.pk}/", told).status_code == 422
    assert "6月議会" in browser.get(f"/calendar/{region.village.pk}/").content.decode()
    browser.post(f"/calendar/days/{day.pk}/remove/")
    assert not BodyDay.objects.exists()


def test_the_picture_costs_the_same_for_few_bodies_and_for_many(region: Region, django_assert_num_queries):
    browser = region.coordinator.browser()
    browser.get("/calendar/")
    with django_assert_num_queries(8):  # 3 for who asks; bodies, sessions, which have councils, days; notices unread
        page = browser.get("/calendar/?year=2026")
    assert "檜原村" in page.content.decode()
    for number in range(30):
        Organisation.objects.create(kind="town", name=f"町{number}", label=f"町{number}")
    with django_assert_num_queries(8):
        browser.get("/calendar/?year=2026")


def test_the_year_is_narrowed_and_taken_along(region: Region):
    browser = region.townsman.browser()
    page = browser.get("/calendar/?year=2026&q=檜原").content.decode()
    assert "檜原村" in page
    assert "世田谷区" not in page
    assert browser.get("/calendar/?format=xlsx").status_code == 200
    assert "6月定例会" in browser.get("/calendar/?year=2026&format=csv").content.decode()
    assert browser.get("/calendar/?year=xxxx").status_code == 200


def test_a_bodys_calendar_is_fetched_by_its_secret_address_until_that_is_taken_back(region: Region):
    today = clock.today()
    said(region, name="臨時会", first=today, last=today)
    key = actions.open_calendar(organisation=region.village, by=region.villager.actor, at=clock.now())
    answer = Client().get(f"/calendar/of/{key}/calendar.ics")
    assert "臨時会" in answer.content.decode()
    assert "（見込み）" in answer.content.decode()
    actions.close_calendar(organisation=region.village, by=region.villager.actor, at=clock.now())
    assert Client().get(f"/calendar/of/{key}/calendar.ics").status_code == 404


def test_the_coordinator_enters_the_days_of_all_bodies_on_one_sheet(region: Region, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    key, person = said(region, first=clock.today(), last=clock.today()), region.coordinator
    assert person.browser().post("/calendar/sheet/").status_code == 200
    head = "番号,団体コード,種類,名前,始まりの日,終わりの日,何年度の予算か"
    today = f"{clock.today():%Y/%m/%d}"
    rows = f"{key},133078,議会,6月議会,{today},{today},\n,133051,予算要求締切,当初,2026/10/20,,2027\n"
    wrong = sheet_back.latest(f"{head}\n,999999,議会,会,2026/6/1,,\n,133051,議会,会,2026/6/9,2026/6/1,\n", by=person)
    assert len(wrong.returned.faults) == 2
    taken = sheet_back.latest(f"{head}\n{rows}", by=person)
    assert not taken.returned.faults
    sheet_back.applied(taken, by=person)
    assert BodyDay.objects.get(pk=key).name == "6月議会"
    assert queries.budget_request_deadline(region.town.pk, 2027).first == date(2026, 10, 20)
