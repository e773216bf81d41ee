"""On 1 April people move: the list says before what it will do, does it at 00:00, and work is with the successor."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts import actors
from kyodo.core.accounts.models import Membership, User
from kyodo.core.entrances.queries import ALONE
from kyodo.core.transfers import actions, handing_over, queries, tasks
from kyodo.core.transfers.handing_over import Heap, Item
from kyodo.core.transfers.models import Transfer, TransferLine
from kyodo.core.transfers.rules import Line, Move, State
from tests.region import Region

pytestmark = pytest.mark.django_db

EVE = "2027-03-31 23:59:00+09:00"
DAY = "2027-04-01 00:00:30+09:00"
APRIL = date(2027, 4, 1)


class Watch:
    """The clock of a test."""

    def __init__(self, monkeypatch: Any) -> None:
        self.monkeypatch = monkeypatch

    def move_to(self, moment: str) -> None:
        """It is that moment now."""
        self.monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat(moment))


@pytest.fixture
def march(monkeypatch):
    watch = Watch(monkeypatch)
    watch.move_to("2027-03-20 10:00:00+09:00")
    return watch


def run(job: Any) -> Any:
    return job.function(None).values


def acting(region: Region) -> dict[str, Any]:
    return {"by": region.of_role(Role.ADMINISTRATOR).actor, "at": clock.now()}


def listed(region: Region, *lines: Line) -> Transfer:
    key = actions.draft(organisation=region.village, day=APRIL, remark="定期異動", lines=lines, **acting(region))
    transfer = Transfer.objects.select_related("organisation").get(pk=key)
    actions.plan(transfer=transfer, revision=transfer.revision, **acting(region))
    return transfer


@pytest.fixture
def hands(region: Region, monkeypatch) -> dict[int | None, list[str]]:
    """What people have on their hands, by account: the villager the matter of the counters."""
    held: dict[int | None, list[str]] = {region.villager.user.pk: ["窓口の件"]}

    def find(user: int, organisation: int) -> list[Item]:
        return [Item(label, "/needs/1/") for label in held.get(user, [])]

    def hand(user: int, successor: int | None, organisation: int, at: datetime) -> None:
        held.setdefault(successor, []).extend(held.pop(user, []))

    monkeypatch.setitem(handing_over._heaps, "t", Heap("t", "期限", find, hand))
    return held


NEWCOMER = Line("sato", Move.JOINS, "総務課 情報担当", name="佐藤 一", role="officer")


def test_nothing_changes_before_the_day_and_everything_at_its_beginning(region: Region, march, hands):
    leaver = region.villager.user
    transfer = listed(region, Line(leaver.username, Move.LEAVES), NEWCOMER)
    march.move_to(EVE)
    assert run(tasks.apply_due)["applied"] == 0
    assert Membership.objects.on(clock.today()).filter(user=leaver).exists()
    march.move_to(DAY)
    assert run(tasks.apply_due)["applied"] == 1
    transfer.refresh_from_db()
    assert transfer.state == State.APPLIED
    assert not Membership.objects.on(APRIL).filter(user=leaver).exists()
    sato = User.objects.get(username="sato")
    actor = actors.person(user_id=sato.pk, name=sato.display_name, entrance=ALONE, at=clock.now())
    assert actor.label == "檜原村 総務課 情報担当"
    assert hands == {sato.pk: ["窓口の件"]}
    assert run(tasks.apply_due)["applied"] == 0, "once"


def test_the_successor_finds_it_on_the_first_page_until_they_looked(region: Region, march, hands):
    successor = region.of_role(Role.APPROVER)
    listed(region, Line(region.villager.user.username, Move.LEAVES, successor=successor.user.username))
    march.move_to(DAY)
    run(tasks.apply_due)
    browser = successor.browser()
    assert "前任から引き継いだ仕事を確かめる" in browser.get("/").content.decode()
    line = TransferLine.objects.get()
    sheet = browser.get(f"/transfers/hand-over/{line.pk}/").content.decode()
    assert "窓口の件" in sheet
    browser.post(f"/transfers/hand-over/{line.pk}/")
    assert "前任から引き継いだ仕事を確かめる" not in browser.get("/").content.decode()


def test_past_acts_keep_the_name_and_duty_of_their_time(region: Region, march):
    listed(region, Line(region.villager.user.username, Move.MOVES, "税務課"))
    need = region.need(title="異動の前に書いた相談", at=clock.now())
    march.move_to(DAY)
    run(tasks.apply_due)
    record = region.auditor.browser().get(f"/audit/?kind=needs.need&about={need.pk}").content.decode()
    assert "檜原村 総務課 情報担当" in record
    user = region.villager.user
    assert actors.person(user_id=user.pk, name="", entrance=ALONE, at=clock.now()).label == "檜原村 税務課"


def test_given_up_at_the_last_minute_nothing_moves(region: Region, march):
    transfer = listed(region, Line(region.villager.user.username, Move.LEAVES))
    march.move_to(EVE)
    actions.cancel(transfer=transfer, **acting(region))
    march.move_to(DAY)
    assert run(tasks.apply_due)["applied"] == 0
    assert Membership.objects.on(APRIL).filter(user=region.villager.user).exists()


def test_a_night_without_a_worker_is_made_up_for(region: Region, march):
    listed(region, Line(region.villager.user.username, Move.LEAVES))
    march.move_to("2027-04-03 09:00:00+09:00")
    run(tasks.apply_due)
    ended = Membership.objects.get(user=region.villager.user)
    assert ended.valid_until == date(2027, 3, 31), "it counts from its day"


def test_who_was_ended_by_hand_meanwhile_is_passed_over(region: Region, march):
    transfer = listed(region, Line(region.villager.user.username, Move.LEAVES))
    Membership.objects.filter(user=region.villager.user).update(valid_until=clock.today())
    march.move_to(DAY)
    run(tasks.apply_due)
    transfer.refresh_from_db()
    assert transfer.state == State.APPLIED


def test_the_last_approver_and_the_last_operator_are_flagged_before(region: Region, march):
    approver = region.of_role(Role.APPROVER)
    key = actions.draft(
        organisation=region.village,
        day=APRIL,
        remark="",
        lines=[Line(approver.user.username, Move.LEAVES)],
        **acting(region),
    )
    page = region.of_role(Role.ADMINISTRATOR).browser().get(f"/transfers/{key}/").content.decode()
    assert "承認者が1人もいなくなります" in page


def test_the_only_operator_keeps_the_role_though_the_list_says_they_leave(region: Region, march):
    operator = region.operator
    key = actions.draft(
        organisation=region.dx_body,
        day=APRIL,
        remark="",
        lines=[Line(operator.user.username, Move.LEAVES)],
        by=operator.actor,
        at=clock.now(),
    )
    transfer = Transfer.objects.select_related("organisation").get(pk=key)
    (step,) = queries.steps_of(transfer)
    assert any("運用管理者" in concern.sentence for concern in step.concerns)
    actions.plan(transfer=transfer, revision=transfer.revision, by=operator.actor, at=clock.now())
    march.move_to(DAY)
    run(tasks.apply_due)
    assert Membership.objects.on(APRIL).filter(role=Role.OPERATOR).exists()


def test_a_body_without_people_stands_on_the_coordinators_first_page(region: Region, march):
    region.townsman, region.person(region.ward, Role.OFFICER)
    page = region.coordinator.browser().get("/").content.decode()
    assert "操作できる人がいない団体" in page
    listed(region, Line(region.villager.user.username, Move.LEAVES))
    march.move_to(DAY)
    run(tasks.apply_due)
    assert "檜原村" in queries.bodies_without_people()


def test_a_draft_in_which_nobody_follows_leaves_the_work_to_the_body(region: Region, march, hands):
    listed(region, Line(region.villager.user.username, Move.LEAVES))
    march.move_to(DAY)
    run(tasks.apply_due)
    assert hands == {None: ["窓口の件"]}
    assert timedelta(0) <= clock.now() - TransferLine.objects.get().transfer.state_since < timedelta(minutes=1)


def test_a_list_that_can_not_be_applied_does_not_keep_the_others_from_their_day(region: Region, march, monkeypatch):
    broken = listed(region, Line(region.villager.user.username, Move.LEAVES))
    key = actions.draft(
        organisation=region.town,
        day=APRIL,
        remark="",
        lines=[Line(region.townsman.user.username, Move.MOVES, "税務課")],
        by=region.operator.actor,
        at=clock.now(),
    )
    other = Transfer.objects.select_related("organisation").get(pk=key)
    actions.plan(transfer=other, revision=other.revision, by=region.operator.actor, at=clock.now())
    march.move_to(DAY)
    apply = actions.apply

    def fails(*, transfer: Transfer, **rest: Any) -> None:
        if transfer.pk == broken.pk:
            raise RuntimeError("this one")
        apply(transfer=transfer, **rest)

    monkeypatch.setattr(actions, "apply", fails)
    with pytest.raises(RuntimeError, match="this one"):
        run(tasks.apply_due)
    assert Transfer.objects.get(pk=key).state == State.APPLIED
    assert Transfer.objects.get(pk=broken.pk).state == State.PLANNED


def test_nothing_goes_to_a_successor_who_left_meanwhile_or_works_elsewhere(region: Region, march, hands):
    successor = region.of_role(Role.APPROVER).user
    listed(region, Line(region.villager.user.username, Move.LEAVES, successor=successor.username))
    Membership.objects.filter(user=successor).update(valid_until=clock.today(), organisation=region.town)
    march.move_to(DAY)
    run(tasks.apply_due)
    assert hands == {None: ["窓口の件"]}, "to the body, not to somebody of another"


def test_two_bodies_can_not_plan_the_same_user_name(region: Region, march):
    listed(region, NEWCOMER)
    with pytest.raises(actions.TransferRefused, match="ほかの団体"):
        actions.draft(
            organisation=region.town,
            day=APRIL,
            remark="",
            lines=[NEWCOMER],
            by=region.operator.actor,
            at=clock.now(),
        )
