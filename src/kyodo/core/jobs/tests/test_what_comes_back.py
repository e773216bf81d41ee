"""The timetable: each occurrence is started once, however many workers look; what was missed is made up for once."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kyodo.core.jobs import rules, timetable
from kyodo.core.jobs.models import Job, Occurrence
from kyodo.core.jobs.tests import sample_jobs

TOKYO = ZoneInfo("Asia/Tokyo")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.fixture
def lines(monkeypatch):
    monkeypatch.setattr(timetable, "TIMETABLE", {})
    timetable.every("tests.often", sample_jobs.count, minutes=10, steps=1)
    timetable.daily("tests.nightly", sample_jobs.count, at="03:30", steps=2)


@pytest.mark.django_db
def test_each_occurrence_is_started_once(lines, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    assert timetable.keep(moment("2026-11-24 10:05")) == ["tests.often"]
    assert timetable.keep(moment("2026-11-24 10:09")) == []
    assert timetable.keep(moment("2026-11-24 10:10")) == ["tests.often"]
    assert timetable.keep(moment("2026-11-25 03:30")) == ["tests.often", "tests.nightly"]
    assert timetable.keep(moment("2026-11-25 03:30:30")) == []
    assert Job.objects.filter(params={"steps": 2}).count() == 1


@pytest.mark.django_db
def test_of_two_workers_that_look_at_once_one_starts_it(lines):
    line, due = timetable.TIMETABLE["tests.often"], moment("2026-11-24 10:00")
    started = [timetable._happen(line, due=due, at=due, only_note=False) for _worker in range(2)]
    assert started == [True, False]
    assert Job.objects.count() == Occurrence.objects.count() == 1


@pytest.mark.django_db
def test_three_days_without_a_worker_are_made_up_for_once(lines, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    timetable.keep(moment("2026-11-24 10:05"))
    assert timetable.keep(moment("2026-11-27 09:00")) == ["tests.often", "tests.nightly"]
    assert Job.objects.filter(params={"steps": 2}).count() == 1


@pytest.mark.django_db
def test_a_new_installation_does_not_begin_with_last_night(lines):
    assert "tests.nightly" not in timetable.keep(moment("2026-11-24 10:05"))


def test_daily_follows_the_clocks_of_the_installation():
    assert rules.latest_of_daily(time(3, 30), at=moment("2026-11-24 03:29"), zone=TOKYO) == moment("2026-11-23 03:30")
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC)
    berlin = ZoneInfo("Europe/Berlin")
    assert rules.latest_of_daily(time(8, 0), at=summer, zone=berlin) == datetime(2026, 7, 1, 6, tzinfo=UTC)


def test_the_grid_of_minutes_is_the_same_for_everybody():
    due = {rules.latest_of_every(15, at=moment(f"2026-11-24 10:{minute:02}")) for minute in range(15, 30)}
    assert due == {moment("2026-11-24 10:15")}
