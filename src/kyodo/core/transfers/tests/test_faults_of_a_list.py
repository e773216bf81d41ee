"""What is wrong with a list is told at once, before anything is written; two who write at once hear of each other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core import clock, workflow
from kyodo.core.access.roles import Role
from kyodo.core.transfers import actions, rules
from kyodo.core.transfers.models import Transfer
from kyodo.core.transfers.rules import Colleague, Line, Move
from tests import moving
from tests.region import Region

TODAY = date(2027, 3, 20)
A = Colleague(1, "a", "A", ("会計",))
B = Colleague(2, "b", "B", ("広報",))
PEOPLE = {"a": A, "b": B}


def faults(*lines: Line, day: date = date(2027, 4, 1), **known: Any) -> list[str]:
    found = rules.faults_of(lines, day=day, today=TODAY, colleagues=PEOPLE, **known)
    return [fault.sentence for fault in found]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (Line("c", Move.LEAVES), rules.UNKNOWN),
        (Line("a", Move.MOVES), rules.NO_DUTY),
        (Line("a", Move.MOVES, "会計"), rules.SAME_DUTY),
        (Line("a", Move.LEAVES, successor="a"), rules.FOLLOWS_SELF),
        (Line("a", Move.LEAVES, successor="z"), rules.NOBODY_FOLLOWS),
        (Line("a", Move.JOINS, "会計", name="A", role="officer"), rules.KNOWN_HERE),
        (Line("c", Move.JOINS, "会計", role="officer"), rules.NO_NAME),
        (Line("山田", Move.JOINS, "会計", name="C", role="officer"), rules.BAD_NAME),
        (Line("c d", Move.JOINS, "会計", name="C", role="officer"), rules.BAD_NAME),
        (Line("c", Move.JOINS, "会計", name="C", role="officer", email="c@"), rules.BAD_MAIL),
        (Line("c", Move.JOINS, "会計", name="C", role="operator"), rules.NO_ROLE),
    ],
)
def test_a_line_that_can_not_be_is_named(line: Line, fault: str):
    assert faults(line) == [fault]


def test_twice_unknown_and_in_the_past_are_told_together():
    told = faults(Line("a", Move.LEAVES), Line("a", Move.MOVES, "広報"), Line("x", Move.LEAVES), day=date(2027, 3, 1))
    assert set(told) == {rules.PAST, rules.TWICE, rules.UNKNOWN}


def test_a_list_of_the_same_day_that_moves_the_person_already_is_named():
    assert faults(Line("a", Move.LEAVES), planned={"a"}) == [rules.PLANNED_ALREADY]
    assert faults(Line("c", Move.JOINS, "会計", name="C", role="officer"), elsewhere={"c"}) == [rules.KNOWN_ELSEWHERE]


NAMES = [f"p{number}" for number in range(5)]


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["d0", "d1", "d2", ""])), unique_by=lambda one: one[0])
)
def test_nobody_follows_themselves_and_no_leaver_is_followed_by_a_leaver(moves: list[tuple[str, str]]):
    people = {name: Colleague(n, name, name, (f"d{n % 3}",)) for n, name in enumerate(NAMES)}
    lines = [Line(name, Move.MOVES if duty else Move.LEAVES, duty) for name, duty in moves]
    follows = rules.successors(lines, people)
    leavers = {line.username for line in lines if line.move is Move.LEAVES}
    assert set(follows) == {line.username for line in lines}
    for giver, taker in follows.items():
        assert taker != giver
        assert taker not in leavers


@pytest.mark.django_db
def test_of_two_administrators_one_is_told_that_the_other_was_faster(region: Region):
    transfer = moving.drafted(region, region.village, region.villager)
    lines = [Line(region.villager.user.username, Move.MOVES, "税務課")]
    told: dict[str, Any] = {"transfer": transfer, "revision": 1, "day": transfer.day, "remark": "", "lines": lines}
    by = region.of_role(Role.ADMINISTRATOR).actor
    actions.rewrite(**told, by=by, at=clock.now())
    with pytest.raises(workflow.Overtaken):
        actions.rewrite(**told, by=by, at=clock.now())
    stale = Transfer.objects.select_related("organisation").get(pk=transfer.pk)
    with pytest.raises(workflow.Overtaken):
        actions.plan(transfer=transfer, revision=1, by=by, at=clock.now())
    transfer.refresh_from_db()
    actions.plan(transfer=transfer, revision=transfer.revision, by=by, at=clock.now())
    with pytest.raises(workflow.Overtaken):
        actions.cancel(transfer=stale, by=by, at=clock.now())


@pytest.mark.django_db
def test_the_form_says_each_fault_at_its_field_and_keeps_what_was_typed(region: Region):
    admin, villager = region.of_role(Role.ADMINISTRATOR), region.villager.user.username
    browser, page = admin.browser(), f"/transfers/bodies/{region.village.pk}/new/"
    day = (clock.today() + timedelta(days=9)).isoformat()
    answer = browser.post(page, {"day": day, f"move.{villager}": "moves", "username.0": "x", "role.0": "officer"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count("新しい職・担当を書いてください。") >= 2
    assert "新しい方の名前を書いてください。" in text
    told = {"day": day, f"move.{villager}": "moves", f"duty.{villager}": "税務課"}
    answer = browser.post(page, told, follow=True)
    assert "税務課" in answer.content.decode()
    assert "この内容で予約する" in answer.content.decode()
