"""What is due is set, moved, lifted and met, and stands on the page of those whom it concerns."""

from __future__ import annotations

from datetime import timedelta

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.deadlines import queries
from kyodo.core.deadlines.setting import meet, set_deadline
from kyodo.core.deadlines.tests.situations import due
from tests.region import Person, Region


def days(of: Person) -> list[int]:
    return [(row.due_on - clock.today()).days for row in queries.of(of.actor)]


def test_set_again_it_moves(region: Region):
    told = due(region.villager)
    set_deadline(told, on=clock.today() + timedelta(days=9), at=clock.now())
    assert days(region.villager) == [9]


def test_without_a_day_it_is_lifted_and_with_one_it_is_back(region: Region):
    told = due(region.villager)
    set_deadline(told, on=None, at=clock.now())
    assert days(region.villager) == []
    set_deadline(told, on=clock.today(), at=clock.now())
    assert days(region.villager) == [0]


def test_what_is_met_is_gone_and_the_other_purposes_stay(region: Region):
    due(region.villager)
    due(region.villager, purpose="measure", on=clock.today())
    meet("needs.need", 1, "answer", at=clock.now())
    assert days(region.villager) == [0]
    meet("needs.need", 1, at=clock.now())
    assert days(region.villager) == []


def test_the_page_shows_mine_and_my_bodys_the_nearest_first(region: Region):
    chief = region.of_role(Role.APPROVER)
    due(region.villager, subject=1)
    due(region.villager, subject=2, on=clock.today(), own=True)
    due(chief, subject=3, own=True)
    due(region.townsman, subject=4)
    page = region.villager.browser().get("/deadlines/").content.decode()
    assert page.index("#2 窓口") < page.index("#1 窓口")
    assert "今日まで" in page
    assert "#3 窓口" not in page
    assert "#4 窓口" not in page


def test_an_operator_sees_no_days_of_the_bodys_work(region: Region):
    due(region.coordinator)
    assert queries.of(region.operator.actor) == []
    assert len(queries.of(region.coordinator.actor)) == 1


def test_what_is_late_or_due_within_a_week_stands_on_the_first_page(region: Region):
    due(region.villager, subject=1, on=clock.today() - timedelta(days=1))
    due(region.villager, subject=2)
    due(region.villager, subject=3, on=clock.today() + timedelta(days=8))
    page = region.villager.browser().get("/").content.decode()
    assert "期限超過" in page
    assert "#2 窓口" in page
    assert "#3 窓口" not in page
