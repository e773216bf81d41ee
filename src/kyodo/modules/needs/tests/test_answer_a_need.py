"""How a need is answered, what that promised, and what was measured: told on its page, and by other modules too."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core import clock
from kyodo.core.deadlines.models import Deadline
from kyodo.core.notifications.models import Notice
from kyodo.modules.needs import actions, facade, queries
from kyodo.modules.needs.models import NeedMeasure, NeedRoute
from kyodo.modules.needs.rules import (
    MeasureDraft,
    ResultDraft,
    RouteDraft,
    RouteKind,
    RouteState,
    State,
    change_in_percent,
)
from tests.region import Region

pytestmark = pytest.mark.django_db


def day(number):
    return clock.today() + timedelta(days=number)


def route(region, need, kind=RouteKind.PROCUREMENT, due_on=None):
    draft = RouteDraft(kind, "8団体分の意向調査を作ります。", due_on)
    key = actions.open_route(need=need, draft=draft, by=region.coordinator.actor, at=clock.now())
    return NeedRoute.objects.select_related("need").get(pk=key)


def report(region, row, to, outcome="", due_on=None):
    actions.report_route(route=row, to=to, outcome=outcome, due_on=due_on, by=region.coordinator.actor, at=clock.now())


def promised(region, need, **changes):
    told = {
        "label": "空き確認の電話",
        "unit": "件/年",
        "baseline": Decimal(450),
        "promised": Decimal(135),
        "method": "月次の受電記録、同月比",
        "measure_on": day(30),
    }
    draft = MeasureDraft(**{**told, **changes})
    key = actions.promise(need=need, draft=draft, by=region.coordinator.actor, at=clock.now())
    return NeedMeasure.objects.select_related("need").get(pk=key)


def result(region, measure, measured, **changes):
    draft = ResultDraft(Decimal(measured), clock.today(), "受電記録簿の4月から9月まで", **changes)
    actions.record_result(measure=measure, draft=draft, by=region.villager.actor, at=clock.now())


def page_of(region, need, person=None):
    return (person or region.villager).browser().get(f"/needs/{need.pk}/").content.decode()


def test_the_answer_stands_on_the_page_with_its_owner_and_day_and_the_body_is_told(region: Region):
    need = region.need(state=State.WORKING)
    sent = {"kind": "procurement", "purpose": "8団体分の意向調査を作ります。", "due_on": day(60).isoformat()}
    answer = region.coordinator.browser().post(f"/needs/{need.pk}/routes/new/", sent)
    assert answer.headers["Location"] == f"/needs/{need.pk}/"
    page = page_of(region, need)
    for told in ("共同調達", "着手前", "8団体分の意向調査を作ります。", "DX推進団体 調整担当"):
        assert told in page
    assert Notice.objects.filter(user=region.villager.user, words__kind="共同調達").exists()
    assert Deadline.objects.get(purpose="route").due_on == day(60)


def test_an_end_without_a_word_about_it_is_refused(region: Region):
    row = route(region, region.need(state=State.WORKING))
    with pytest.raises(actions.NeedRefused) as refusal:
        report(region, row, RouteState.DONE)
    assert [fault.field for fault in refusal.value.faults] == ["outcome"]
    report(region, row, RouteState.RUNNING)
    assert NeedRoute.objects.get().state == RouteState.RUNNING


def test_an_ended_answer_is_due_no_more(region: Region):
    row = route(region, region.need(state=State.WORKING), due_on=day(9))
    report(region, row, RouteState.DONE, "意向調査を終え、6団体が加わりました。", due_on=day(9))
    assert Deadline.objects.get(purpose="route").met_at is not None
    assert "6団体が加わりました" in page_of(region, row.need)


def test_a_need_that_has_ended_is_answered_no_more(region: Region):
    with pytest.raises(actions.NeedChanged):
        route(region, region.need(state=State.DECLINED))


def test_another_module_opens_an_answer_and_reports_by_the_facade(region: Region):
    need, by = region.need(state=State.WORKING), region.coordinator.actor
    key = facade.open_answer(
        need_id=need.pk, kind=RouteKind.LAB, purpose="課題として公募します。", due_on=None, by=by, at=clock.now()
    )
    assert facade.report_answer(
        route_id=key,
        state=RouteState.RUNNING,
        outcome="",
        due_on=None,
        address="/lab/7/",
        by=by,
        at=clock.now(),
    )
    assert 'href="/lab/7/"' in page_of(region, need)
    summary = facade.get_need(need.pk, actor=region.villager.actor)
    assert (summary.title, summary.state, summary.address) == (need.title, State.WORKING, f"/needs/{need.pk}/")
    told = {"need_id": need.pk, "kind": RouteKind.LAB, "purpose": "公募します。", "due_on": None}
    assert facade.open_answer(**told, by=region.townsman.actor, at=clock.now()) is None
    ended = {"state": RouteState.DONE, "outcome": "終わりました。", "due_on": None, "address": ""}
    assert not facade.report_answer(route_id=key, **ended, by=region.townsman.actor, at=clock.now())


def test_the_promise_stands_beside_the_result_and_says_whether_it_was_kept(region: Region):
    need = region.need(state=State.WORKING)
    measure = promised(region, need)
    assert "−70%" in page_of(region, need)
    assert Deadline.objects.get(purpose="measure").organisation == region.village
    result(region, measure, 128, hours_saved_per_year=96)
    page = page_of(region, need)
    for told in ("約束どおり", "−72%", "128", "受電記録簿の4月から9月まで", "年 96時間"):
        assert told in page
    assert Deadline.objects.get(purpose="measure").met_at is not None
    measure.refresh_from_db()
    result(region, measure, 300)
    assert "約束に届かず" in page_of(region, need)


def test_a_promise_to_raise_a_figure_is_kept_by_more_of_it(region: Region):
    need = region.need(state=State.WORKING)
    measure = promised(region, need, label="オンライン申請の割合", unit="%", baseline=Decimal(12), promised=Decimal(50))
    result(region, measure, "52.5")
    page = page_of(region, need)
    assert "約束どおり" in page
    assert "52.5" in page


def test_all_faults_of_a_promise_and_of_a_result_are_told_at_once(region: Region):
    need = region.need(state=State.WORKING)
    with pytest.raises(actions.NeedRefused) as refusal:
        promised(region, need, label="", baseline=Decimal(-1), method="", measure_on=day(-1))
    assert {fault.field for fault in refusal.value.faults} == {"label", "baseline", "method", "measure_on"}
    draft = ResultDraft(Decimal(-1), day(1), "")
    with pytest.raises(actions.NeedRefused) as refusal:
        actions.record_result(measure=promised(region, need), draft=draft, by=region.villager.actor, at=clock.now())
    assert {fault.field for fault in refusal.value.faults} == {"measured", "measured_on", "evidence"}


def test_of_two_who_record_a_result_at_once_the_other_is_told(region: Region):
    need = region.need(state=State.WORKING)
    as_read = promised(region, need)
    result(region, NeedMeasure.objects.select_related("need").get(), 128)
    with pytest.raises(actions.NeedChanged):
        result(region, as_read, 130)


def test_the_officer_records_the_result_on_a_page(region: Region):
    need = region.need(state=State.WORKING)
    measure = promised(region, need)
    sent = {"measured": "128", "measured_on": clock.today().isoformat(), "evidence": "受電記録簿の4月から9月まで"}
    browser = region.villager.browser()
    assert browser.post(f"/needs/{need.pk}/measures/{measure.pk}/", {**sent, "measured": "x"}).status_code == 422
    assert browser.post(f"/needs/{need.pk}/measures/{measure.pk}/", sent).status_code == 302
    assert queries.story(need.pk, actor=region.villager.actor).measures[0].measured == 128


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_a_change_in_percent_has_the_sign_of_the_change(before, after):
    change = change_in_percent(Decimal(before), Decimal(after))
    assert change is not None
    assert change == 0 or (change > 0) == (after > before)
    assert abs(change - (after - before) * 100 / before) <= 0.5 + 1e-6


def test_a_change_from_nothing_has_no_percent():
    assert change_in_percent(Decimal(0), Decimal(5)) is None


def test_what_was_begun_before_a_merge_is_carried_on_and_measured_where_it_was_begun(region: Region):
    need, target = region.need(), region.need(by=region.townsman)
    row, measure = route(region, need, due_on=day(3)), promised(region, need)
    actions.merge_needs(target=target, sources=[need], reason="", by=region.coordinator.actor, at=clock.now())
    browser, page = region.coordinator.browser(), f"/needs/{need.pk}/"
    told = browser.get(page).content.decode()
    ways = (f"{page}routes/{row.pk}/", f"{page}measures/{measure.pk}/")
    assert all(way in told for way in ways)
    assert f"{page}measures/new/" not in told
    assert browser.post(ways[0], {"to": "done", "outcome": "助言を終えました。"}).status_code == 302
    assert browser.get(ways[1]).status_code == 200
    result(region, NeedMeasure.objects.select_related("need").get(), 130)
    assert not Deadline.objects.filter(met_at=None).exists()
