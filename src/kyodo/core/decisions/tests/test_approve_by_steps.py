"""A body's levels approve in their order, each by its holder or their deputy; what is returned is asked anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyodo.core import clock, workflow
from kyodo.core.deadlines.models import Deadline
from kyodo.core.decisions import actions, places, queries, rules
from kyodo.core.decisions.contributions import waiting_items
from kyodo.core.decisions.models import Approval, ApprovalStep
from kyodo.core.decisions.rules import Standing, State
from kyodo.core.notifications.models import Notice
from tests import decided
from tests.region import Person, Region

pytestmark = pytest.mark.django_db


def answer(approval: Approval, by: Person, *, approves: bool = True, turn: str = "", remark: str = "直してください。"):
    """Somebody answers what is asked now."""
    now = Approval.objects.get(pk=approval.pk)
    return actions.answer(
        approval=now,
        matter=decided.matter(now.subject_id, by),
        approves=approves,
        turn=turn or rules.turn_of(State(now.state), now.round),
        remark=remark,
        **decided.acting(by),
    )


def test_who_is_asked_finds_it_on_the_desk_with_its_day_and_is_told(region: Region):
    need, head = region.need().pk, decided.head(region)
    day = clock.today() + timedelta(days=5)
    decided.asked(region, need, due_on=day)
    (item,) = waiting_items(head.actor)
    assert (item.url, item.due_on) == (f"/decisions/needs.need/{need}/", day)
    assert waiting_items(region.villager.actor) == []
    assert Notice.objects.filter(user=head.user, kind=rules.APPROVAL).count() == 1
    due = Deadline.objects.get(kind=rules.APPROVAL)
    assert (due.user_id, due.due_on, due.met_at) == (head.user.pk, day, None)


def test_two_levels_approve_one_after_the_other_and_then_it_is_decided(region: Region):
    need, head, mayor = region.need().pk, decided.head(region), decided.another(region, "村長")
    approval = decided.asked(region, need, (head, None), (mayor, None))
    with pytest.raises(actions.DecisionRefused):
        answer(approval, mayor)
    assert answer(approval, head) is State.SECOND
    assert not queries.is_decided("needs.need", need)
    assert answer(approval, mayor) is State.APPROVED
    found = queries.approval_of("needs.need", need)
    assert (found.state, found.by) == (Standing.APPROVED, "檜原村 村長")


def test_a_deputy_stands_in_and_the_page_says_so_but_not_the_deputy_of_a_deputy(region: Region):
    need, head = region.need().pk, decided.head(region)
    deputy, further = decided.another(region, "課長補佐"), decided.another(region, "係長")
    approval = decided.asked(region, need, (head, deputy), (deputy, further))
    with pytest.raises(actions.DecisionRefused):
        answer(approval, further)
    answer(approval, deputy)
    assert ApprovalStep.objects.get(what="approved").is_deputy
    page = region.villager.browser().get(f"/decisions/needs.need/{need}/").content.decode()
    assert "檜原村 課長補佐" in page
    assert "代理" in page


def test_nobody_approves_what_they_asked_for_unless_the_body_lets_them(region: Region):
    need, head = region.need().pk, decided.head(region)
    decided.with_levels(region, (head, None))
    key = actions.ask(matter=decided.matter(need, head), due_on=None, remark="", **decided.acting(head))
    with pytest.raises(actions.DecisionRefused):
        answer(Approval.objects.get(pk=key), head)
    other = region.need().pk
    decided.with_levels(region, (head, None), own=True)
    key = actions.ask(matter=decided.matter(other, head), due_on=None, remark="", **decided.acting(head))
    assert answer(Approval.objects.get(pk=key), head) is State.APPROVED


def test_what_was_returned_is_asked_again_and_every_level_approves_anew(region: Region):
    need, head, mayor = region.need().pk, decided.head(region), decided.another(region, "村長")
    approval = decided.asked(region, need, (head, None), (mayor, None))
    with pytest.raises(actions.DecisionRefused):
        answer(approval, head, approves=False, remark="")
    answer(approval, head)
    answer(approval, mayor, approves=False)
    assert [item.about for item in waiting_items(region.villager.actor)] == [approval.title]
    by = region.villager
    actions.ask(matter=decided.matter(need, by), due_on=None, remark="直しました。", **decided.acting(by))
    with pytest.raises(actions.DecisionRefused):
        answer(approval, mayor)
    answer(approval, head)
    assert answer(approval, mayor) is State.APPROVED


def test_of_two_who_answer_at_once_the_second_is_told(region: Region):
    need, head, deputy = region.need().pk, decided.head(region), decided.another(region)
    approval = decided.asked(region, need, (head, deputy), (head, deputy))
    stale = Approval.objects.get(pk=approval.pk)
    answer(approval, head)
    with pytest.raises(workflow.Overtaken):  # the same form, sent twice, approves no second level
        answer(approval, head, turn="asked1-1")
    with pytest.raises(workflow.Overtaken):  # both had read the row before either wrote
        actions.answer(
            approval=stale,
            matter=decided.matter(need, deputy),
            approves=True,
            turn="asked1-1",
            remark="",
            **decided.acting(deputy),
        )
    assert ApprovalStep.objects.filter(what="approved").count() == 1


def test_nobody_approves_something_else_than_was_asked_for(region: Region):
    need, head = region.need(), decided.head(region)
    approval = decided.asked(region, need.pk)
    type(need).objects.filter(pk=need.pk).update(trouble="まったく別のことに困っています。")
    with pytest.raises(actions.PaperChanged):
        answer(approval, head)
    page = head.browser().get(f"/decisions/needs.need/{need.pk}/").content.decode()
    assert "承認を求めた後に、内容が変わりました" in page


def test_the_whole_way_by_forms(region: Region):
    need, head = region.need().pk, decided.head(region)
    decided.with_levels(region, (head, None))
    officer, address = region.villager.browser(), f"/decisions/needs.need/{need}/"
    assert "承認を求める" in officer.get(f"/needs/{need}/").content.decode()
    assert officer.post(f"{address}ask/", {"remark": "お願いします。"}).status_code == 302
    assert officer.post(f"{address}ask/", {"remark": "もう一度"}).status_code == 422
    form = {"approves": "yes", "turn": "asked1-1", "remark": ""}
    assert officer.post(f"{address}answer/", form).status_code == 403
    assert head.browser().post(f"{address}answer/", form).status_code == 302
    assert "承認済み" in officer.get(f"/needs/{need}/").content.decode()


def test_the_request_can_be_taken_back_and_made_anew(region: Region):
    need = region.need().pk
    approval = decided.asked(region, need)
    region.villager.browser().post(f"/decisions/needs.need/{need}/withdraw/")
    assert queries.approval_of("needs.need", need) is None
    assert decided.asked(region, need).pk != approval.pk


def test_the_last_who_could_approve_is_known_before_they_leave(region: Region):
    head, deputy = decided.head(region), decided.another(region)
    decided.asked(region, region.need().pk, (head, None), (head, deputy))
    (place,) = places.last_approver_places(head.user.pk)
    assert (place.organisation, place.number, place.waiting) == ("檜原村", 1, 1)
    assert places.last_approver_places(deputy.user.pk) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["approve", "return", "again"])), max_size=12))
def test_no_way_leads_to_approval_without_each_level_by_somebody_allowed(region: Region, acts):
    head = decided.head(region)
    crew = [region.villager, head, *(decided.another(region) for _ in range(2))]
    need = region.need().pk
    approval = decided.asked(region, need, (crew[1], crew[2]), (crew[3], None))
    allowed = {1: {1, 2}, 2: {3}}
    level, done = 1, False
    for who, what in acts:
        by = crew[0] if what == "again" else crew[who]
        try:
            if what == "again":
                actions.ask(matter=decided.matter(need, by), due_on=None, remark="", **decided.acting(by))
                assert level == 0
                level = 1
            else:
                answer(approval, by, approves=what == "approve")
                assert who in allowed[level]
                level = level + 1 if what == "approve" else 0
                done = level == 3
        except (actions.DecisionRefused, actions.AlreadyAsked, workflow.Overtaken):
            assert what == "again" or done or level == 0 or who not in allowed[level]
        assert queries.is_decided("needs.need", need) == done
