"""A body binds itself: by its approver or its recorded 決裁, knowing what the law still asks for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.decisions.events import MatterDecided
from kyodo.modules.procurement.actions import committing, moving, opening, surveying
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.matters import of_commitment
from kyodo.modules.procurement.models import Commitment
from kyodo.modules.procurement.queries.commitment import commitment_of, surveyed, volumes
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.queries.survey import lines_of
from kyodo.modules.procurement.rules.case import CaseState, ContractForm, ItemDraft
from kyodo.modules.procurement.rules.commitment import CommitmentState, losses, spread_over
from kyodo.modules.procurement.rules.law import Budget, GroundKind, Weight, is_blocked
from kyodo.modules.procurement.rules.survey import LineDraft
from tests import decided
from tests.cases import a_case, commitment_draft, committed_draft, member, response
from tests.region import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(region: Region):
    return a_case(region, state=CaseState.COMMITMENT, kind="terminals")


def row(case, region):
    found = commitment_of(case.pk, region.village.pk)
    assert found is not None
    return found


def test_writing_binds_nobody_and_the_officer_alone_cannot(region: Region, case):
    committed_draft(region, case, region.village)
    place = member(case, region.village)
    assert row(case, region).state is CommitmentState.DRAFT
    with pytest.raises(CaseRefused):
        committing.commit(place=place, knows_blocks=True, revision=1, by=region.villager.actor, at=clock.now())


def test_the_approver_binds_the_body_and_coordinators_are_told(region: Region, case):
    committed_draft(region, case, region.village, amount=1_000_000)
    approver = region.of_role(Role.APPROVER)
    browser = approver.browser()
    browser.post(f"/procurement/{case.pk}/commitment/bind/", {"knows_blocks": "on", "revision": "1"})
    bound = row(case, region)
    assert bound.state is CommitmentState.COMMITTED
    assert bound.committed_by == approver.actor.label
    page = region.coordinator.browser().get(f"/procurement/{case.pk}/commitment/").content.decode()
    assert "2団体のうち1団体が確定しました。" in page


def test_the_recorded_decision_binds_the_body_by_itself(region: Region, case):
    key = committed_draft(region, case, region.village)
    decided.recorded(region, key, kind="procurement.commitment")
    committing.on_decision(MatterDecided("procurement.commitment", key, region.village.pk, "8総第1号"))
    assert row(case, region).state is CommitmentState.COMMITTED
    committing.on_decision(MatterDecided("procurement.commitment", key, region.village.pk, "8総第1号"))  # told again
    assert row(case, region).state is CommitmentState.COMMITTED


def test_a_purchase_for_which_the_council_votes_blocks_the_contract_until_the_vote_is_recorded(region: Region, case):
    committed_draft(region, case, region.village, amount=7_000_000)  # a village: 700 (10⁴ yen), 別表第四
    place = member(case, region.village)
    blocked = row(case, region)
    assert is_blocked(blocked.findings)
    vote = next(one for one in blocked.findings if GroundKind.COUNCIL_VOTE in one.unblocks)
    page = region.villager.browser().get(f"/procurement/{case.pk}/commitment/{region.village.pk}/").content.decode()
    assert "96条" in page
    assert "議会の議決" in page
    on = blocked.planned_on - timedelta(days=10)
    committing.record_ground(
        place=place,
        kind=GroundKind.COUNCIL_VOTE,
        finding=vote.code,
        number="議案第12号",
        on=on,
        by=region.villager.actor,
        at=clock.now(),
    )
    after = row(case, region)
    assert vote.code not in {one.code for one in after.findings if one.weight is Weight.BLOCKS}


def test_below_the_amount_no_vote_is_asked_for(region: Region, case):
    committed_draft(region, case, region.village, amount=6_999_999)
    assert not any(GroundKind.COUNCIL_VOTE in one.unblocks for one in row(case, region).findings)


def test_a_check_of_the_law_is_no_vote(region: Region, case):
    committed_draft(region, case, region.village, amount=7_000_000)
    vote = next(one for one in row(case, region).findings if GroundKind.COUNCIL_VOTE in one.unblocks)
    with pytest.raises(CaseRefused):
        committing.record_ground(
            place=member(case, region.village),
            kind=GroundKind.LEGAL_CHECK,
            finding=vote.code,
            number="1",
            on=clock.today(),
            by=region.villager.actor,
            at=clock.now(),
        )


def test_what_blocks_has_to_have_been_read(region: Region, case):
    committed_draft(region, case, region.village, amount=7_000_000)
    approver = region.of_role(Role.APPROVER).actor
    place = member(case, region.village)
    with pytest.raises(CaseRefused) as refusal:
        committing.commit(place=place, knows_blocks=False, revision=1, by=approver, at=clock.now())
    assert [fault.field for fault in refusal.value.faults] == ["knows_blocks"]
    committing.commit(place=place, knows_blocks=True, revision=1, by=approver, at=clock.now())


def test_rewriting_unbinds_until_the_body_commits_again(region: Region, case):
    committed_draft(region, case, region.village)
    place = member(case, region.village)
    committing.commit(
        place=place, knows_blocks=True, revision=1, by=region.of_role(Role.APPROVER).actor, at=clock.now()
    )
    draft = commitment_draft(case, amount=2_000_000)
    revision = row(case, region).revision
    committing.write_commitment(place=place, draft=draft, revision=revision, by=region.villager.actor, at=clock.now())
    assert row(case, region).state is CommitmentState.DRAFT
    with pytest.raises(CaseChanged):
        committing.write_commitment(
            place=place, draft=draft, revision=revision, by=region.villager.actor, at=clock.now()
        )


def test_who_read_something_else_binds_nobody_to_what_was_rewritten_meanwhile(region: Region, case):
    committed_draft(region, case, region.village)
    place = member(case, region.village)
    committing.write_commitment(
        place=place,
        draft=commitment_draft(case, amount=9_000_000),
        revision=1,
        by=region.villager.actor,
        at=clock.now(),
    )
    browser, bind = region.of_role(Role.APPROVER).browser(), f"/procurement/{case.pk}/commitment/bind/"
    refused = browser.post(bind, {"knows_blocks": "on", "revision": "1"})
    assert refused.status_code == 422
    assert row(case, region).state is CommitmentState.DRAFT
    page = refused.content.decode()
    assert "9,000,000" in page
    assert 'name="revision" value="2"' in page
    browser.post(bind, {"knows_blocks": "on", "revision": "2"})
    assert row(case, region).state is CommitmentState.COMMITTED


def test_a_decision_binds_to_what_was_decided_and_not_to_what_was_rewritten_after_it(region: Region, case):
    key = committed_draft(region, case, region.village)
    record = decided.recorded(region, key, kind="procurement.commitment")
    place, officer = member(case, region.village), region.villager.actor
    draft = commitment_draft(case, amount=2_000_000)
    committing.write_commitment(place=place, draft=draft, revision=1, by=officer, at=clock.now())
    committing.on_decision(MatterDecided("procurement.commitment", key, region.village.pk, record.number))
    assert row(case, region).state is CommitmentState.DRAFT
    with pytest.raises(CaseRefused) as refusal:
        committing.commit(place=place, knows_blocks=True, revision=2, by=officer, at=clock.now())
    assert [fault.sentence for fault in refusal.value.faults] == [committing.OUTDATED]
    with pytest.raises(CaseChanged):
        committing.commit_by_decision(place=place, by=officer, at=clock.now())
    reason = "内容を書き直したため。"
    decided.actions.withdraw_record(
        decision=record,
        matter=decided.matter(key, region.villager, "procurement.commitment"),
        reason=reason,
        by=officer,
        at=clock.now(),
    )
    decided.recorded(region, key, kind="procurement.commitment")
    committing.commit(place=place, knows_blocks=True, revision=2, by=officer, at=clock.now())
    assert row(case, region).state is CommitmentState.COMMITTED


def test_leaving_after_the_commitment_needs_a_reason_and_shows_what_the_others_lose(region: Region, case):
    committed_draft(region, case, region.village)
    committed_draft(region, case, region.town)
    committing.commit(
        place=member(case, region.village),
        knows_blocks=True,
        revision=1,
        by=region.of_role(Role.APPROVER).actor,
        at=clock.now(),
    )
    case.refresh_from_db()
    moving.move_case(case=case, to=CaseState.READY, reason="", by=region.coordinator.actor, at=clock.now())
    browser = region.villager.browser()
    page = browser.get(f"/procurement/{case.pk}/leave/").content.decode()
    assert "20台" in page
    assert "10台" in page
    assert "50%" in page
    assert browser.post(f"/procurement/{case.pk}/leave/", {"reason": ""}).status_code == 422
    browser.post(f"/procurement/{case.pk}/leave/", {"reason": "予算が否決されました。"})
    assert Commitment.objects.get(organisation=region.village).state == CommitmentState.LEFT
    told = region.townsman.browser().get("/notifications/").content.decode()
    assert "離れました" in told


def test_a_commitment_begins_with_what_the_survey_said_in_the_items_own_unit(region: Region):
    case = a_case(region, state=CaseState.SURVEY)
    first, second, third, fourth, *_rest = items_of(case.pk)
    for body, person in ((region.village, region.villager), (region.town, region.townsman)):
        held = response(case, body)
        told = {
            first.id: LineDraft(relevance="yes", quantity_said="10"),
            second.id: LineDraft(relevance="yes", quantity_said="3", unit="箱"),
            third.id: LineDraft(relevance="no", quantity_said="7"),
            fourth.id: LineDraft(relevance="yes", quantity_said="5"),
        }
        lines = {line.id: told[line.item_id] for line in lines_of(held.pk) if line.item_id in told}
        surveying.answer(response=held, sitting=Sitting(lines=lines), revision=1, by=person.actor, at=clock.now())
    case.refresh_from_db()
    for step in (CaseState.ALIGNMENT, CaseState.MARKET, CaseState.COMMITMENT):
        moving.move_case(case=case, to=step, reason="", by=region.coordinator.actor, at=clock.now())
    assert surveyed(case.pk, region.village.pk) == {first.id: 10, fourth.id: 5}
    village, town = region.village.pk, region.town.pk
    committed_draft(region, case, region.village, lines={fourth.id: (8, fourth.form)})
    assert volumes(case.pk) == {first.id: {town: 10}, fourth.id: {village: 8, town: 5}}
    kept = [(one.id, ItemDraft(one.name, one.unit, one.form, one.note)) for one in items_of(case.pk)]
    asked = [pair for pair in kept if pair[0] != fourth.id]
    case.refresh_from_db()
    opening.set_items(case=case, items=asked, revision=case.revision, by=region.coordinator.actor, at=clock.now())
    assert volumes(case.pk) == {first.id: {town: 10}}


def test_amounts_and_budgets_are_not_for_other_bodies(region: Region, case):
    committed_draft(region, case, region.village, amount=7_654_321)
    other = region.townsman.browser()
    assert other.get(f"/procurement/{case.pk}/commitment/{region.village.pk}/").status_code == 404
    assert "7,654,321" not in other.get(f"/procurement/{case.pk}/commitment/").content.decode()
    assert "7654321" not in other.get(f"/procurement/{case.pk}/commitment/?format=csv").content.decode(errors="ignore")
    answer = region.auditor.browser().get(f"/procurement/{case.pk}/commitment/?format=csv")
    assert "7654321" in answer.content.decode("utf-8-sig")


def test_the_whole_case_is_one_document_and_shows_a_reader_no_more_than_the_pages_do(region: Region, case):
    committed_draft(region, case, region.village, amount=7_654_321)
    path = f"/procurement/{case.pk}/whole/"
    everything = region.coordinator.browser().get(path).content.decode()
    for heading in ("品目ごとの需要", "仕様すり合わせ", "逆算した日程", "見込みの金額", "やりとり"):
        assert heading in everything
    assert "7,654,321" in everything
    assert "?format=" not in everything
    other = region.townsman.browser().get(path).content.decode()
    assert "参加確定" in other
    assert "7,654,321" not in other


def test_the_paper_for_the_decision_says_amount_articles_and_options(region: Region, case):
    key = committed_draft(region, case, region.village, amount=7_000_000)
    matter = of_commitment(region.villager.actor, key)
    assert matter is not None
    assert matter.paper.amount is not None
    assert matter.paper.amount.yen == 7_000_000
    assert "96条" in (matter.paper.legal_basis or "")
    assert matter.paper.options is not None
    assert of_commitment(region.townsman.actor, key) is None


def test_a_commitment_says_all_its_faults_at_once(region: Region, case):
    draft = commitment_draft(
        case, amount=-1, lines={}, budget=Budget.INITIAL, budget_year=None, planned_on=clock.today() - timedelta(days=1)
    )
    with pytest.raises(CaseRefused) as refusal:
        committing.write_commitment(
            place=member(case, region.village), draft=draft, revision=0, by=region.villager.actor, at=clock.now()
        )
    assert {fault.field for fault in refusal.value.faults} == {"", "amount_yen", "budget_year", "planned_on"}


def test_what_one_body_takes_away_is_never_told_too_small():
    (loss,) = losses({1: {7: 1, 8: 299}, 2: {8: 5}}, 7)
    assert (loss.before, loss.after, loss.percent) == (300, 299, 1)
    assert spread_over(1_000_000, 7) * 7 >= 1_000_000
    assert spread_over(1_000_000, 0) == 0


@pytest.mark.parametrize("is_purchase_first", [True, False])
def test_a_purchase_with_a_service_in_it_is_judged_as_both(region: Region, case, is_purchase_first):
    first, *_rest, last = items_of(case.pk)
    forms = [ContractForm.PURCHASE, ContractForm.SERVICE]
    one, other = forms if is_purchase_first else reversed(forms)
    lines = {first.id: (10, one), last.id: (10, other)}
    committed_draft(region, case, region.village, amount=7_000_000, lines=lines)
    findings = row(case, region).findings
    asked = {kind for one in findings for kind in one.unblocks}
    assert {GroundKind.COUNCIL_VOTE, GroundKind.DEBT_BURDEN} <= asked
    assert len({one.code for one in findings}) == len(findings)
