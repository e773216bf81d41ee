"""The calendar plans a council's vote on the contract where the law asks it, and the vote on a way apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kyodo.core import clock
from kyodo.modules.procurement.actions import committing
from kyodo.modules.procurement.queries.calendar import dates_of
from kyodo.modules.procurement.queries.commitment import commitment_of
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.law import GroundKind
from tests.cases import a_case, committed_draft, member
from tests.region import Region

pytestmark = pytest.mark.django_db
STARTS = clock.today() + timedelta(days=400)


def voting(case) -> set[str]:
    return {one.name for one in dates_of(case.pk, starts_on=STARTS) if one.needs_vote}


def test_a_purchase_above_the_amount_is_voted_on_until_the_vote_is_recorded(region: Region):
    case = a_case(region, state=CaseState.COMMITMENT, kind="terminals")
    committed_draft(region, case, region.village, amount=7_000_000)
    committed_draft(region, case, region.town, amount=100_000)
    assert voting(case) == {region.village.name}
    row = commitment_of(case.pk, region.village.pk)
    assert row is not None
    vote = next(one for one in row.findings if GroundKind.COUNCIL_VOTE in one.unblocks)
    committing.record_ground(
        place=member(case, region.village),
        kind=GroundKind.COUNCIL_VOTE,
        finding=vote.code,
        number="議案第12号",
        on=row.planned_on - timedelta(days=10),
        by=region.villager.actor,
        at=clock.now(),
    )
    assert voting(case) == set()


def test_the_vote_on_an_agreement_is_no_vote_on_the_contract(region: Region):
    case = a_case(region, state=CaseState.COMMITMENT, kind="terminals", way="entrustment")
    committed_draft(region, case, region.village, amount=100_000)
    row = commitment_of(case.pk, region.village.pk)
    assert row is not None
    assert "way_vote" in {one.code for one in row.findings}
    assert voting(case) == set()
