"""A body says what it takes and from which money, binds itself, records what unblocks it, and takes it back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F

from kyodo.core import clock, workflow
from kyodo.core.access import actor as actors
from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Role
from kyodo.core.audit.record import action
from kyodo.core.audit.values import differing, plain
from kyodo.core.decisions import queries as decisions
from kyodo.core.decisions.events import MatterDecided
from kyodo.core.decisions.rules import DECIDED
from kyodo.core.faults import Fault, fault_of_text
from kyodo.core.proxy.settling import settle
from kyodo.engines.words import _
from kyodo.modules.procurement.actions.owing import set_due
from kyodo.modules.procurement.actions.racing import first_come
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.actions.signing import sign, tell_bodies
from kyodo.modules.procurement.models import CaseItem, CaseMember, Commitment, CommitmentLine, RecordedGround
from kyodo.modules.procurement.queries import commitment as queries
from kyodo.modules.procurement.queries.people import coordinators
from kyodo.modules.procurement.rules import commitment as rules
from kyodo.modules.procurement.rules.commitment import (
    COMMITMENT_KIND,
    COMMITMENT_WAYS,
    CommitmentDraft,
    CommitmentState,
)
from kyodo.modules.procurement.rules.law import GroundKind, is_blocked

UNDECIDED = _("決裁がまだありません。決裁を記録するか、承認者が確定してください。")
OUTDATED = _("決裁のあとで内容が書き直されています。決裁を記録し直すか、承認者が確定してください。")
UNKNOWN_BLOCKS = _("契約までに必要なことがあります。読んで、確かめた印を付けてください。")


@action("procurement.commitment_written", _("{who}が共同調達 {subject} への参加の内容を書きました。"))
def write_commitment(*, place: CaseMember, draft: CommitmentDraft, revision: int, by: Actor, at: datetime) -> int:
    """Write what a body takes; a body that was bound is not bound by what it rewrites until it commits again."""
    case = place.case
    items = CaseItem.objects.filter(case=case, withdrawn_at=None).values_list("pk", flat=True)
    if faults := rules.faults_of_commitment(draft, items=items, today=clock.day_of(at)):
        raise CaseRefused(faults)
    if case.state not in queries.COMMITTING:
        raise CaseChanged
    before = queries.commitment_of(case.pk, place.organisation_id)
    values: dict[str, Any] = {
        "amount_yen": draft.amount_yen,
        "yearly_yen": draft.yearly_yen,
        "planned_on": draft.planned_on,
        "budget": draft.budget,
        "budget_year": draft.budget_year,
        "budget_item": draft.budget_item,
        "note": draft.note,
        "state": CommitmentState.DRAFT,
        "state_since": at,
    }
    if before is None:
        with first_come():
            key = Commitment.objects.create(case=case, organisation_id=place.organisation_id, **values).pk
    else:
        key = before.id
        same = Commitment.objects.filter(pk=key, revision=revision)
        if not same.update(**values, committed_at=None, committed_by="", revision=F("revision") + 1):
            raise CaseChanged
    CommitmentLine.objects.filter(commitment_id=key).delete()
    CommitmentLine.objects.bulk_create(
        CommitmentLine(commitment_id=key, item_id=item, quantity=quantity, form=form)
        for item, (quantity, form) in draft.lines.items()
    )
    settle(COMMITMENT_KIND, key, by=by, at=at)
    set_due(case, at=at, bodies=[place.organisation_id])
    old = _recorded(before) if before else {}
    told = {name: plain(value) for name, value in values.items() if name not in {"state", "state_since"}}
    told["lines"] = {str(item): quantity for item, (quantity, _form) in draft.lines.items()}
    _sign(place, key, changed=differing(old, told))
    return key


@action("procurement.committed", _("{who}が共同調達 {subject} への参加を確定しました。"))
def commit(*, place: CaseMember, knows_blocks: bool, revision: int, by: Actor, at: datetime) -> None:
    """Bind the body to what it read (`revision`): its approver does, or anybody of it once its 決裁 is recorded.

    What the law still asks for before the contract does not hinder a commitment, but has to have been read.
    """
    row = queries.commitment_of(place.case_id, place.organisation_id)
    if row is None or place.case.state not in queries.BOUND or row.revision != revision:
        raise CaseChanged
    if Role.APPROVER not in by.roles and not _is_decided(row.id, row.state_since):
        is_older = decisions.is_decided(COMMITMENT_KIND, row.id)
        raise CaseRefused([Fault("", OUTDATED if is_older else UNDECIDED)])
    if is_blocked(row.findings) and not knows_blocks:
        raise CaseRefused([Fault("knows_blocks", UNKNOWN_BLOCKS)])
    _bind(place, row, by=by, at=at)


@action("procurement.commitment_decided", _("{who}が決裁により共同調達 {subject} への参加を確定しました。"))
def commit_by_decision(*, place: CaseMember, by: Actor, at: datetime) -> None:
    """Bind the body since its 決裁 was made or recorded."""
    row = queries.commitment_of(place.case_id, place.organisation_id)
    if row is None or row.state is not CommitmentState.DRAFT or not _is_decided(row.id, row.state_since):
        raise CaseChanged
    _bind(place, row, by=by, at=at)


def on_decision(event: MatterDecided) -> None:
    """A body decided elsewhere or step by step: with that it is bound. Again is nothing new.

    What was rewritten since is not what it decided.
    """
    if event.kind != COMMITMENT_KIND:
        return
    found = Commitment.objects.filter(pk=event.subject, state=CommitmentState.DRAFT).select_related("case").first()
    if found is None or found.case.state not in queries.BOUND or not _is_decided(found.pk, found.state_since):
        return
    place = CaseMember.objects.select_related("case", "organisation").filter(
        case_id=found.case_id, organisation_id=found.organisation_id, left_at=None
    )
    if (member := place.first()) is not None:
        commit_by_decision(place=member, by=actors.job("procurement.commitment"), at=clock.now())


@action("procurement.ground_recorded", _("{who}が共同調達 {subject} に必要な事実を記録しました。"))
def record_ground(
    *, place: CaseMember, kind: GroundKind, finding: str, number: str, on: date, by: Actor, at: datetime
) -> int:
    """Record a fact that settles a finding of the law, with its number and date, under the name of who records it."""
    row = queries.commitment_of(place.case_id, place.organisation_id)
    if row is None:
        raise CaseChanged
    faults = list(fault_of_text("number", number, rules.NUMBER_LENGTH, one_line=True))
    if not any(one.code == finding and kind in one.unblocks for one in row.findings):
        faults.append(Fault("kind", _("この事実では、この項目は解けません。")))
    if faults:
        raise CaseRefused(faults)
    made = RecordedGround.objects.create(
        commitment_id=row.id, kind=kind, finding=finding, number=number, on=on, by=by.label, recorded_at=at
    )
    _sign(place, row.id, changed={"ground": (None, f"{kind} {number} {on.isoformat()}"), "finding": (None, finding)})
    return made.pk


@action("procurement.ground_withdrawn", _("{who}が共同調達 {subject} の事実の記録を取り消しました。"))
def withdraw_ground(*, place: CaseMember, ground_id: int, by: Actor, at: datetime) -> None:
    """Take a recorded fact back; it stays in the record."""
    found = RecordedGround.objects.filter(
        pk=ground_id,
        commitment__case_id=place.case_id,
        commitment__organisation_id=place.organisation_id,
        withdrawn_at=None,
    )
    commitment = found.values_list("commitment_id", flat=True).first()
    if commitment is None or not found.update(withdrawn_at=at):
        raise CaseChanged
    _sign(place, commitment, changed={"ground": (str(ground_id), None)})


def _is_decided(commitment: int, written_at: datetime) -> bool:
    """True once the body decided on its commitment as it has been since `written_at`."""
    approval = decisions.approval_of(COMMITMENT_KIND, commitment)
    return approval is not None and approval.state in DECIDED and approval.at >= written_at


def _bind(place: CaseMember, row: queries.CommitmentRow, *, by: Actor, at: datetime) -> None:
    """Bind the body to what was read in `row`: of two, whoever rewrites and whoever binds, the second is told."""
    commitment = Commitment.objects.select_for_update().filter(pk=row.id, revision=row.revision).first()
    if commitment is None:
        raise CaseChanged
    before = workflow.move(commitment, to=CommitmentState.COMMITTED, table=COMMITMENT_WAYS, at=at)
    Commitment.objects.filter(pk=row.id).update(committed_at=at, committed_by=by.label, revision=F("revision") + 1)
    set_due(place.case, at=at, bodies=[place.organisation_id])
    told = _("{body} が {subject} への参加を確定しました。")
    tell_bodies(place.case, told, by=by, at=at, people=coordinators(), body=place.organisation.name)
    _sign(place, row.id, changed={"state": (before, CommitmentState.COMMITTED.value)})


def _recorded(row: queries.CommitmentRow) -> dict[str, Any]:
    return {
        "amount_yen": row.amount_yen,
        "yearly_yen": row.yearly_yen,
        "planned_on": plain(row.planned_on),
        "budget": row.budget.value,
        "budget_year": row.budget_year,
        "budget_item": row.budget_item,
        "note": row.note,
        "lines": {str(item): quantity for item, (quantity, _form) in row.lines.items()},
    }


def _sign(place: CaseMember, key: int, *, changed: dict[str, tuple[Any, Any]]) -> None:
    sign(place.case, changed=changed, organisation=place.organisation_id, kind=COMMITMENT_KIND, subject=key)
