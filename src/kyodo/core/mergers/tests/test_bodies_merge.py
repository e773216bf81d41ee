"""On the day of a merger people, duties and needs are with the new body; what was done stays under the old name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts import actors
from kyodo.core.accounts.models import Membership
from kyodo.core.entrances.queries import ALONE
from kyodo.core.mergers import actions, rules, tasks
from kyodo.core.mergers.models import Merger
from kyodo.core.mergers.rules import Draft, State
from kyodo.core.organisations.models import Organisation
from kyodo.core.transfers.models import Transfer
from tests import moving
from tests.region import Region

pytestmark = pytest.mark.django_db


def applied(merger: Merger) -> None:
    assert tasks.apply_due.function(None).values == {"applied": 1}
    merger.refresh_from_db()
    assert merger.state == State.APPLIED


def label(region: Region, user: int) -> str:
    return actors.person(user_id=user, name="", entrance=ALONE, at=clock.now()).label


def test_people_work_for_the_new_body_in_their_roles_and_duties(region: Region):
    villager, approver = region.villager.user, region.of_role(Role.APPROVER).user
    assert region.townsman.actor.organisation_id == region.town.pk
    applied(moving.merger(region, days=0))
    assert label(region, villager.pk) == "日の出町 総務課 情報担当"
    assert Membership.objects.on(clock.today()).get(user=approver).role == Role.APPROVER
    region.village.refresh_from_db()
    assert region.village.succeeded_by == region.town
    assert region.village.valid_until == clock.today() - timedelta(days=1)


def test_a_duty_of_the_same_name_keeps_the_old_bodys_name_beside_it(region: Region):
    villager = region.villager.user
    region.person(region.town, Role.APPROVER, "総務課 情報担当")
    applied(moving.merger(region, days=0))
    assert label(region, villager.pk) == "日の出町 総務課 情報担当（旧檜原村）"


def test_a_new_body_is_made_on_its_day_with_its_code(region: Region):
    draft = Draft(clock.today(), (region.village.pk, region.town.pk), None, "city", "秋川市", "あきかわし", "132284")
    key = actions.plan(draft=draft, by=region.operator.actor, at=clock.now())
    assert not Organisation.objects.filter(name="秋川市").exists(), "not before its day"
    applied(Merger.objects.get(pk=key))
    made = Organisation.objects.get(code="132284")
    assert made.valid_from == clock.today()
    assert set(made.predecessors.values_list("name", flat=True)) == {"檜原村", "日の出町"}


def test_transfers_of_the_same_day_come_first(region: Region):
    villager = region.villager.user
    transfer = moving.planned(region, days=0)
    applied(moving.merger(region, days=0))
    assert Transfer.objects.get(pk=transfer.pk).state == "applied"
    assert not Membership.objects.on(clock.today()).filter(user=villager).exists(), "who left is not carried over"


def test_a_merger_given_up_changes_nothing(region: Region):
    merger = moving.merger(region, days=0)
    actions.cancel(merger=merger, by=region.operator.actor, at=clock.now())
    assert tasks.apply_due.function(None).values == {"applied": 0}
    assert Organisation.objects.on(clock.today()).filter(pk=region.village.pk).exists()


TODAY = date(2027, 3, 1)
APRIL = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        (Draft(date(2027, 2, 1), (1,), 2), rules.PAST),
        (Draft(APRIL, (), 2), rules.NOBODY),
        (Draft(APRIL, (1,), None, "city", "新市", "", "132284"), rules.TOO_FEW),
        (Draft(APRIL, (1, 2), 2), rules.INTO_ITSELF),
        (Draft(APRIL, (9,), 2), rules.PLANNED_ALREADY),
        (Draft(APRIL, (1, 3)), rules.NO_SUCCESSOR),
        (Draft(APRIL, (1,), 2, name="新市"), rules.BOTH),
        (Draft(APRIL, (1, 3), None, "city", "新市", "", "132285"), "団体コードの検査数字（6桁目）が合いません。"),
        (Draft(APRIL, (1, 3), None, "city", "新市", "", "133078"), rules.CODE_TAKEN),
    ],
)
def test_a_merger_that_can_not_be_is_refused_in_words(draft: Draft, fault: str):
    found = rules.faults_of(draft, today=TODAY, planned={9}, codes={"133078"})
    assert [sentence for _field, sentence in found] == [fault]
