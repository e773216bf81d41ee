"""Reminders fall on rungs, none is lost on a weekend, and each goes to whoever can do something about it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership
from kyodo.core.deadlines import queries, rules
from kyodo.core.deadlines.tests.situations import due
from kyodo.core.mail import delivery
from kyodo.core.notifications import digest
from kyodo.core.notifications.rules import Mail
from kyodo.engines.calendar import is_business_day, last_business_day, next_business_day
from tests.region import Region

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
FRIDAY = date(2026, 11, 27)


def rungs(due_on: date) -> list[int]:
    return [left for left in range(30, -31, -1) if rules.is_rung(due_on, due_on - timedelta(days=left))]


def test_the_ladder_is_seven_three_and_one_day_before_the_day_itself_and_after_it_one_three_and_each_week():
    assert rungs(date(2026, 12, 1)) == [7, 3, 1, 0, -1, -3, -7, -14, -21, -28]


@given(DAYS)
def test_whatever_falls_due_somebody_is_reminded_on_a_working_day_before_it_is_over(due_on: date):
    days = [due_on - timedelta(days=left) for left in range(20)]
    assert any(rules.reminds(due_on, day) for day in days if is_business_day(day))


@given(DAYS, st.integers(-40, 10))
def test_each_rung_is_told_on_its_day_or_the_last_open_day_before(due_on: date, after: int):
    day = due_on + timedelta(days=after)
    if rules.is_rung(due_on, day):
        assert rules.reminds(due_on, last_business_day(day))


@given(DAYS, DAYS)
def test_on_other_days_nobody_is_reminded(due_on: date, day: date):
    if not is_business_day(day):
        assert not rules.reminds(due_on, day)
    elif next_business_day(day) - day == timedelta(days=1):
        assert rules.reminds(due_on, day) == rules.is_rung(due_on, day)


def test_the_last_mail_of_the_year_reminds_of_what_is_due_until_it_opens_again(region: Region):
    due(region.villager, on=date(2027, 1, 3))
    (line,) = queries.reminders(date(2026, 12, 28))[region.villager.user.pk]
    assert line.due_on == date(2027, 1, 3)
    assert not any(queries.reminders(date(2026, 12, 29) + timedelta(days=step)) for step in range(6))


@pytest.mark.parametrize("on", [date(2026, 11, 28), date(2026, 11, 29)])
def test_fridays_mail_carries_what_is_due_on_the_weekend(region: Region, on: date):
    due(region.villager, on=on)
    (line,) = queries.reminders(FRIDAY)[region.villager.user.pk]
    assert line.due_on == on


def test_what_is_a_persons_own_reminds_that_person_and_what_is_the_bodys_all_who_work_there(region: Region):
    chief = region.of_role(Role.APPROVER)
    due(region.villager, on=FRIDAY, own=True)
    due(region.villager, on=FRIDAY, subject=2)
    told = queries.reminders(FRIDAY)
    assert {user: len(lines) for user, lines in told.items()} == {region.villager.user.pk: 2, chief.user.pk: 1}


def test_who_looks_after_users_is_not_told_what_the_bodys_work_is_about(region: Region):
    due(region.coordinator, on=FRIDAY)
    assert region.operator.user.pk not in queries.reminders(FRIDAY)


def test_what_a_leaver_had_to_do_is_due_for_those_who_work_there(region: Region):
    chief, leaver = region.of_role(Role.APPROVER), region.villager
    due(leaver, on=FRIDAY, own=True)
    Membership.objects.filter(user=leaver.user).update(organisation=region.town)
    assert set(queries.reminders(FRIDAY)) == {chief.user.pk}
    assert [row.subject_id for row in queries.of(chief.actor)] == [1]


def test_one_mail_a_day_reminds_of_all_in_the_readers_language(region: Region, mailoutbox):
    region.villager.user.email, region.villager.user.language = "a@example.jp", "en"
    region.villager.user.save()
    due(region.villager, on=FRIDAY)
    due(region.villager, on=FRIDAY + timedelta(days=1), subject=2)
    for _time in range(2):
        digest.queue_all(slot=f"{FRIDAY}", mail=Mail.DAILY, day=FRIDAY)
        delivery.deliver()
    (mail,) = mailoutbox
    with override("en"):
        assert mail.body.count("By ") == 2
    assert mail.subject.startswith("【Kyodo】檜原村 #1 窓口の待ち時間 by ")
