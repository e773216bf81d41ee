"""A coordinator takes needs from state to state, with reasons that the page tells; of two at once one wins."""

import pytest

from kyodo.core import clock, workflow
from kyodo.core.audit.models import Entry
from kyodo.modules.needs import actions
from kyodo.modules.needs.models import Need, NeedStep
from kyodo.modules.needs.rules import State
from tests.region import Region

pytestmark = pytest.mark.django_db


def move(region: Region, need: Need, to: State, reason: str = ""):
    return region.coordinator.browser().post(f"/needs/{need.pk}/move/", {"to": to.value, "reason": reason})


def test_the_need_moves_along_its_path_and_its_page_tells_when_and_why(region: Region):
    need = region.need()
    for to, reason in (
        (State.CHECKING, ""),
        (State.WORKING, "意向調査を準備します。"),
        (State.DONE, "8校で始めました。"),
        (State.CONFIRMED, "電話が月38件から9件になりました。"),
    ):
        assert move(region, need, to, reason).status_code == 302
    page = region.villager.browser().get(f"/needs/{need.pk}/").content.decode()
    for words in ("意向調査を準備します。", "8校で始めました。", "電話が月38件から9件になりました。", "効果確認済"):
        assert words in page
    assert [step.after for step in NeedStep.objects.all()] == ["checking", "working", "done", "confirmed"]
    assert Entry.objects.filter(action="needs.moved").count() == 4


def test_declining_without_a_reason_is_refused(region: Region):
    need = region.need()
    assert move(region, need, State.DECLINED).status_code == 422
    assert Need.objects.get(pk=need.pk).state == State.RECEIVED


def test_a_step_that_the_table_does_not_know_is_refused(region: Region):
    need = region.need()
    assert move(region, need, State.CONFIRMED, "いきなり効果確認済").status_code == 422
    with pytest.raises(workflow.MoveRefused):
        actions.move_need(
            need=need, to=State.CONFIRMED, reason="いきなり確認", by=region.coordinator.actor, at=clock.now()
        )


def test_the_second_of_two_coordinators_is_told_that_it_has_changed(region: Region):
    need = region.need()
    first, second = Need.objects.get(pk=need.pk), Need.objects.get(pk=need.pk)
    by, at = region.coordinator.actor, clock.now()
    actions.move_need(need=first, to=State.CHECKING, reason="", by=by, at=at)
    with pytest.raises(workflow.Overtaken) as told:
        actions.move_need(need=second, to=State.DECLINED, reason="今年度は難しい。", by=by, at=at)
    assert told.value.current == State.CHECKING
    assert NeedStep.objects.count() == 1


def test_what_was_declined_can_be_taken_up_again_with_a_reason(region: Region):
    need = region.need(state=State.DECLINED)
    assert move(region, need, State.CHECKING).status_code == 422
    assert move(region, need, State.CHECKING, "補正予算がつきました。").status_code == 302


def test_the_coordinators_home_counts_what_waits_and_lists_the_oldest_first(region: Region):
    region.need(title="いちばん新しい相談です")
    older = region.need(title="古くから待っている相談", at=clock.now().replace(year=clock.now().year - 1))
    region.need(state=State.WORKING)
    page = region.coordinator.browser().get("/").content.decode()
    assert page.index(older.title) < page.index("いちばん新しい相談です")
    assert page.count('class="big num"') == 3
