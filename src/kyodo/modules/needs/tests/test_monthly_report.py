"""The monthly report: figures that a clerk recounts by hand, for the region and for a body, never another's."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kyodo.modules.needs import actions, queries, reports
from kyodo.modules.needs.models import NeedMeasure
from kyodo.modules.needs.rules import MeasureDraft, RatingDraft, ResultDraft, State
from tests.region import Region

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Tokyo")
MONTH = date(2026, 9, 1)


def moment(month, day, hour=10):
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def move(region, need, to, at):
    actions.move_need(need=need, to=to, reason="理由を書きました。", by=region.coordinator.actor, at=at)


@pytest.fixture
def autumn(region: Region):
    """Three needs: answered after 4 days and solved in September; answered after 10; of August, open."""
    first = region.need(at=moment(9, 1))
    move(region, first, State.CHECKING, moment(9, 5))
    move(region, first, State.WORKING, moment(9, 6))
    second = region.need(by=region.townsman, at=moment(9, 2))
    move(region, second, State.CHECKING, moment(9, 12))
    region.need(at=moment(8, 31, 23), backed_by=())
    draft = MeasureDraft("電話", "件/年", 900, 300, "受電記録で数えます。", date(2026, 9, 20))
    actions.promise(need=first, draft=draft, by=region.coordinator.actor, at=moment(9, 7))
    move(region, first, State.DONE, moment(9, 25))
    result = ResultDraft(250, date(2026, 9, 28), "受電記録簿", hours_saved_per_year=96, yen_saved_per_year=120_000)
    measure = NeedMeasure.objects.select_related("need").get()
    actions.record_result(measure=measure, draft=result, by=region.villager.actor, at=moment(9, 28))
    actions.rate_need(need=first, draft=RatingDraft(4), by=region.villager.actor, at=moment(9, 29))
    return region


def test_the_region_counts_what_happened_in_the_month(autumn: Region):
    told = queries.report(month=MONTH, organisation_id=None)
    month = told.month
    assert (month.posted, month.answered, month.days_to_answer, month.solved) == (2, 2, 7.0, 1)
    assert (month.measured, month.hours_saved, month.yen_saved) == (1, 96, 120_000)
    assert (told.open_at_end, told.satisfaction, told.ratings) == (2, 4.0, 1)
    assert [one.posted for one in told.months] == [0] * 10 + [1, 2]


def test_a_body_gets_its_own_figures_and_never_those_of_another(autumn: Region):
    told = queries.report(month=MONTH, organisation_id=autumn.town.pk)
    assert (told.month.posted, told.month.days_to_answer, told.month.solved) == (1, 10.0, 0)
    asked = f"/needs/report/?month=2026-09&body={autumn.town.pk}"
    page = autumn.villager.browser().get(asked).content.decode()
    assert "檜原村" in page
    assert "日の出町" not in page


def test_coordinators_choose_a_body(autumn: Region):
    page = autumn.coordinator.browser().get(f"/needs/report/?month=2026-09&body={autumn.town.pk}").content.decode()
    assert '<span lang="ja">日の出町</span></h1>' in page


def test_the_file_has_a_row_for_each_of_twelve_months(autumn: Region):
    answer = autumn.coordinator.browser().get("/needs/report/?month=2026-09&format=csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 13
    assert lines[-1].startswith("2026-09,2,0,2,7.0,1,0,1,96,120000")


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "x-y", "99999-01", "1999-01", "²⁰²⁶-01"])
def test_a_month_that_is_none_is_the_last_whole_one(text):
    assert reports.month_of(text, today=date(2026, 1, 15)) == date(2025, 12, 1)


def test_a_month_to_come_is_this_one():
    assert reports.month_of("2030-01", today=date(2026, 1, 15)) == date(2026, 1, 1)


def test_an_empty_region_has_a_report_too(region: Region):
    assert region.coordinator.browser().get("/needs/report/").status_code == 200
