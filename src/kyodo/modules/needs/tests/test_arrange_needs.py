"""Coordinators give needs to one of them with a day, one by one or together, and see all on a board."""

from datetime import timedelta

import pytest

from kyodo.core import clock
from kyodo.core.audit.models import Entry
from kyodo.core.deadlines.models import Deadline
from kyodo.core.notifications.models import Notice
from kyodo.engines.calendar import next_business_day
from kyodo.modules.needs import actions, board, queries
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import RouteDraft, RouteKind, State
from tests.region import Region

pytestmark = pytest.mark.django_db


def day(number):
    return clock.today() + timedelta(days=number)


def arrange(region, *needs, assignee=True, due_on=None):
    person = region.coordinator
    who = person.user.pk if assignee is True else assignee
    actions.arrange_needs(needs=needs, assignee=who, due_on=due_on, by=person.actor, at=clock.now())


def test_the_need_tells_who_answers_until_when_and_the_day_is_called_to_mind(region: Region):
    need = region.need()
    answer = region.coordinator.browser().post(
        f"/needs/{need.pk}/arrange/",
        {"assignee": region.coordinator.user.pk, "due_on": day(7).isoformat()},
        follow=True,
    )
    assert "担当 調整担当" in answer.content.decode().replace('<span lang="ja">', "").replace("</span>", "")
    deadline = Deadline.objects.get()
    assert (deadline.user_id, deadline.due_on, deadline.met_at) == (region.coordinator.user.pk, day(7), None)


def test_a_day_off_is_taken_and_named_with_the_last_open_day_before_it(region: Region):
    today = clock.today()
    off = next(day(n) for n in range(1, 8) if day(n).weekday() == 6)
    need = region.need()
    for due_on, told in ((off, 1), (next_business_day(today), 0)):
        form = {"assignee": region.coordinator.user.pk, "due_on": due_on.isoformat()}
        page = region.coordinator.browser().post(f"/needs/{need.pk}/arrange/", form, follow=True)
        assert page.content.decode().count("は閉庁日です。直前の開庁日は") == told
        assert Deadline.objects.get().due_on == due_on


def test_a_day_moves_is_lifted_and_is_met_when_the_need_ends(region: Region):
    need = region.need(state=State.WORKING)
    arrange(region, need, due_on=day(7))
    arrange(region, need, due_on=day(9))
    assert Deadline.objects.get().due_on == day(9)
    arrange(region, need)
    assert Deadline.objects.get().met_at is not None
    arrange(region, need, due_on=day(3))
    actions.move_need(need=need, to=State.DONE, reason="終わりました。", by=region.coordinator.actor, at=clock.now())
    assert Deadline.objects.get().met_at is not None


def test_a_past_day_or_somebody_who_does_not_coordinate_is_refused_at_once(region: Region):
    with pytest.raises(actions.NeedRefused) as refusal:
        arrange(region, region.need(), assignee=region.villager.user.pk, due_on=day(-1))
    assert {fault.field for fault in refusal.value.faults} == {"assignee", "due_on"}


def test_several_are_given_out_by_one_act_or_none_is(region: Region):
    needs = [region.need(), region.need(by=region.townsman)]
    before = Entry.objects.count()
    browser = region.coordinator.browser()
    sent = {"do": "arrange", "ids": [need.pk for need in needs], "sent": "1", "assignee": region.coordinator.user.pk}
    assert browser.post("/needs/together/", {**sent, "due_on": day(5).isoformat()}).status_code == 302
    assert Entry.objects.count() == before + 1
    assert set(Need.objects.values_list("due_on", flat=True)) == {day(5)}
    ended = region.need(state=State.DONE)
    with pytest.raises(actions.NeedChanged):
        arrange(region, needs[0], ended, due_on=day(9))
    assert Need.objects.get(pk=needs[0].pk).due_on == day(5)


def test_several_move_together_with_one_reason(region: Region):
    needs = [region.need(state=State.WORKING), region.need(state=State.WORKING, by=region.townsman)]
    sent = {
        "do": "move",
        "ids": [need.pk for need in needs],
        "sent": "1",
        "to": "done",
        "reason": "同じ仕組みで終わりました。",
    }
    answer = region.coordinator.browser().post("/needs/together/", sent, follow=True)
    assert "2件をまとめて変えました" in answer.content.decode()
    assert set(Need.objects.values_list("state", flat=True)) == {"done"}
    assert Notice.objects.filter(user=region.townsman.user, words__state="実施済").exists()


def test_nothing_chosen_is_said_so(region: Region):
    answer = region.coordinator.browser().post("/needs/together/", {"do": "arrange"}, follow=True)
    assert "相談を選んでから" in answer.content.decode()


def columns(region, query, **asked):
    page = board.draw(queries.board(actor=region.coordinator.actor, **asked), query, now=clock.now())
    return {column.label: column.count for column in page.columns}, page


def test_the_board_stands_by_state_topic_answer_or_coordinator(region: Region):
    first = region.need(state=State.WORKING)
    region.need(by=region.townsman)
    region.need(state=State.DONE)
    arrange(region, first, due_on=day(3))
    draft = RouteDraft(RouteKind.ADVICE, "相談に乗ります。")
    actions.open_route(need=first, draft=draft, by=region.coordinator.actor, at=clock.now())
    assert columns(region, {})[0] == {"受付": 1, "確認中": 0, "対応中": 1}
    assert columns(region, {"by": "kind"})[0] == {"答え方はまだ": 1, "スポット助言": 1}
    assert columns(region, {"by": "assignee"})[0] == {"担当なし": 1, "調整担当": 1}
    assert columns(region, {"by": "topic"})[0] == {"窓口": 2}
    assert columns(region, {"by": "nonsense", "sort": "nonsense"})[1].count == 2
    assert columns(region, {}, assignee=region.coordinator.user.pk)[0]["対応中"] == 1


def test_the_board_orders_by_age_bodies_and_day(region: Region):
    old = region.need(at=clock.now() - timedelta(days=60), title="古い相談です。窓口")
    many = region.need(at=clock.now() - timedelta(days=3), title="多い相談です。窓口", backed_by=(region.townsman,))
    urgent = region.need(at=clock.now() - timedelta(days=2), title="急ぐ相談です。窓口")
    arrange(region, urgent, due_on=day(1))

    def order(sort):
        cards = str(columns(region, {"sort": sort})[1].columns[0].cards)
        return sorted((old, many, urgent), key=lambda need: cards.index(need.title))

    assert order("age")[0] == old
    assert order("bodies")[0] == many
    assert order("due")[0] == urgent


def test_the_board_costs_the_same_for_one_need_and_for_many(region: Region, django_assert_num_queries):
    region.need()
    browser = region.coordinator.browser()
    browser.get("/needs/board/")
    for _ in range(12):
        region.need()
    with django_assert_num_queries(6):  # 3 for who asks; needs, answers; notices unread
        browser.get("/needs/board/")


def test_before_several_are_arranged_it_is_said_that_empty_takes_away(region: Region):
    browser, need = region.coordinator.browser(), region.need()
    asked = {
        do: browser.post("/needs/together/", {"do": do, "ids": [need.pk]}).content.decode()
        for do in ("arrange", "move")
    }
    assert "空けた欄は" in asked["arrange"]
    assert "空けた欄は" not in asked["move"]
