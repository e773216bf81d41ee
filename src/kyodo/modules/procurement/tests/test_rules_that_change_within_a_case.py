"""A table of law changes on 1 April within a case: what is planned before and after is held against its own row."""

from __future__ import annotations

from datetime import date

import pytest

from kyodo.core import clock
from kyodo.core.statutes.actions import add_row
from kyodo.modules.procurement.actions import committing
from kyodo.modules.procurement.queries.commitment import commitment_of
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.rules.case import CaseState, ContractForm
from kyodo.modules.procurement.rules.law import GroundKind, Weight
from tests.cases import a_case, commitment_draft, committed_draft, member
from tests.ordinances import own_row
from tests.region import Region

pytestmark = pytest.mark.django_db
CHANGE = date(clock.today().year + 1, 4, 1)
BEFORE, AFTER = date(CHANGE.year, 3, 31), CHANGE


@pytest.fixture
def case(region: Region):
    coordinating = {"by": region.coordinator.actor, "at": clock.now()}
    for value, first, last in ((7_000_000, date(2020, 4, 1), BEFORE), (30_000_000, CHANGE, None)):
        draft = own_row(value=value, valid_from=first, valid_until=last, number=f"条例第{value}号")
        add_row(organisation=region.village, draft=draft, reason="", **coordinating)
    return a_case(region, state=CaseState.COMMITMENT, kind="terminals")


def findings(region: Region, case, planned_on: date, amount: int = 10_000_000):
    committed_draft(region, case, region.village, amount=amount, planned_on=planned_on)
    found = commitment_of(case.pk, region.village.pk)
    assert found is not None
    return found.findings


def votes(found):
    return [one for one in found if GroundKind.COUNCIL_VOTE in one.unblocks and one.weight is Weight.BLOCKS]


def test_planned_before_the_change_the_old_amount_holds(region: Region, case):
    assert votes(findings(region, case, BEFORE))


def test_planned_after_the_change_the_new_amount_holds(region: Region, case):
    assert not votes(findings(region, case, AFTER))


def test_moving_the_plan_over_the_change_moves_the_finding(region: Region, case):
    assert votes(findings(region, case, BEFORE))
    place = member(case, region.village)
    draft = commitment_draft(case, amount=10_000_000, planned_on=AFTER)
    committing.write_commitment(place=place, draft=draft, revision=1, by=region.villager.actor, at=clock.now())
    row = commitment_of(case.pk, region.village.pk)
    assert row is not None
    assert not votes(row.findings)


def test_every_rule_that_changes_is_told_and_each_once(region: Region, case):
    coordinating = {"by": region.coordinator.actor, "at": clock.now()}
    for value, first, last in ((50_000_000, date(2020, 4, 1), BEFORE), (90_000_000, CHANGE, None)):
        days = {"valid_from": first, "valid_until": last}
        draft = own_row("council_vote_works", value=value, number=f"条例第{value}号", **days)
        add_row(organisation=region.village, draft=draft, reason="", **coordinating)
    one, other, *_rest = items_of(case.pk)
    lines = {one.id: (10, ContractForm.PURCHASE), other.id: (5, ContractForm.WORKS)}
    committed_draft(region, case, region.village, amount=10_000_000, planned_on=AFTER, lines=lines)
    row = commitment_of(case.pk, region.village.pk)
    assert row is not None
    told = sorted(found.code for found in row.findings if found.code.startswith("rule_changes"))
    assert told == ["rule_changes:council_vote_property", "rule_changes:council_vote_works"]
