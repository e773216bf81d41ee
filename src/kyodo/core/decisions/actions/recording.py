"""Record a 決裁 that was made elsewhere, correct the record, take it back with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership
from kyodo.core.audit.record import action, record
from kyodo.core.decisions import queries, rules
from kyodo.core.decisions.actions.refusals import AlreadyRecorded, DecisionRefused, NumberTaken
from kyodo.core.decisions.events import MatterDecided
from kyodo.core.decisions.matters import Matter
from kyodo.core.decisions.models import Decision, DecisionVersion
from kyodo.core.decisions.rules import DECISION, Draft, Standing
from kyodo.core.events.delivery import after_commit
from kyodo.core.faults import Fault, fault_of_text
from kyodo.core.files import attachments
from kyodo.core.files.store import Kept
from kyodo.core.notifications.hearing import About
from kyodo.core.notifications.telling import tell
from kyodo.engines.calendar import fiscal_year
from kyodo.engines.words import _

STEPS_FIRST = _("この団体では、先に承認を求めてください。承認の後に、決裁を記録できます。")


@action("decisions.recorded", _("{who}が {subject} の決裁を記録しました。"))
def record_decision(
    *,
    matter: Matter,
    draft: Draft,
    scans: Sequence[Kept] = (),
    same_number_is_meant: bool = False,
    by: Actor,
    at: datetime,
) -> int:
    """Record the decision; its number in this table. Where the body approves by steps, those come first."""
    _check(draft, matter, at, same_number_is_meant=same_number_is_meant)
    before = queries.approval_of(matter.kind, matter.subject)
    state = before.state if before else Standing.NONE
    if state is Standing.RECORDED:
        raise AlreadyRecorded
    is_decided = state is Standing.APPROVED
    if not is_decided and queries.policy_of(matter.organisation_id).has_steps:
        raise DecisionRefused([Fault("", STEPS_FIRST)])
    try:
        with transaction.atomic():
            made = Decision.objects.create(
                kind=matter.kind,
                subject_id=matter.subject,
                organisation_id=matter.organisation_id,
                act=matter.act,
                title=matter.title,
                fiscal_year=fiscal_year(draft.decided_on),
                recorded_by=by.label,
                recorded_at=at,
                **asdict(draft),
            )
    except IntegrityError as another:
        raise AlreadyRecorded from another
    _attach(made, scans, by=by, at=at)
    if not is_decided:
        after_commit(MatterDecided(matter.kind, matter.subject, matter.organisation_id, draft.number))
    if by.organisation_id != matter.organisation_id:
        _tell_body(matter, draft, by=by, at=at)
    changed = {name: (None, value) for name, value in _plain(draft).items() if value}
    _sign(matter, changed={**changed, **_recorded_scans(scans)})
    return made.pk


def _tell_body(matter: Matter, draft: Draft, *, by: Actor, at: datetime) -> None:
    """A decision that somebody else recorded in a body's name is told to that body, so that it can object."""
    here = Membership.objects.on(clock.day_of(at)).filter(organisation_id=matter.organisation_id)
    tell(
        set(here.filter(role__in=[Role.OFFICER, Role.APPROVER]).values_list("user_id", flat=True)),
        about=About(matter.kind, matter.subject),
        sentence=_("{who}が、あなたの団体の決裁（{number}）を {subject} に記録しました。違うときは知らせてください。"),
        facts={"who": by.label, "number": draft.number, "subject": matter.title},
        address=queries.address_of(matter.kind, matter.subject),
        by=by,
        at=at,
    )


@action("decisions.corrected", _("{who}が {subject} の決裁の記録を直しました。"))
def correct_record(
    *,
    decision: Decision,
    matter: Matter,
    draft: Draft,
    revision: int,
    scans: Sequence[Kept] = (),
    same_number_is_meant: bool = False,
    by: Actor,
    at: datetime,
) -> None:
    """Correct what is recorded, as it was read (`revision`); what it said before is kept. Scans are added."""
    _check(draft, matter, at, same_number_is_meant=same_number_is_meant, but=decision.pk)
    before = _plain(_draft_of(decision))
    same = Decision.objects.filter(pk=decision.pk, revision=revision, withdrawn_at=None)
    if not same.update(**asdict(draft), fiscal_year=fiscal_year(draft.decided_on), revision=revision + 1):
        raise AlreadyRecorded
    DecisionVersion.objects.create(decision=decision, content=before, until=at, by=by.label)
    _attach(decision, scans, by=by, at=at)
    changed = {name: (before[name], value) for name, value in _plain(draft).items() if value != before[name]}
    _sign(matter, changed={**changed, **_recorded_scans(scans)})


@action("decisions.record_withdrawn", _("{who}が {subject} の決裁の記録を取り消しました。"))
def withdraw_record(*, decision: Decision, matter: Matter, reason: str, by: Actor, at: datetime) -> None:
    """Take the record back, with the reason; that there was one stays to be seen."""
    if faults := list(fault_of_text("reason", reason, rules.REASON_LENGTH)):
        raise DecisionRefused(faults)
    same = Decision.objects.filter(pk=decision.pk, withdrawn_at=None)
    if not same.update(withdrawn_at=at, withdrawn_by=by.label, withdrawn_reason=reason):
        raise AlreadyRecorded
    _sign(matter, changed={"number": (decision.number, None)}, reason=reason)


def _check(draft: Draft, matter: Matter, at: datetime, *, same_number_is_meant: bool, but: int | None = None) -> None:
    if faults := rules.faults_of_record(draft, today=clock.day_of(at)):
        raise DecisionRefused(faults)
    year = fiscal_year(draft.decided_on)
    is_taken = queries.number_is_taken(draft.number, organisation_id=matter.organisation_id, fiscal_year=year, but=but)
    if is_taken and not same_number_is_meant:
        raise NumberTaken


def _attach(decision: Decision, scans: Sequence[Kept], *, by: Actor, at: datetime) -> None:
    for scan in scans:
        organisation = decision.organisation_id
        attachments.attach(scan, kind=DECISION, subject=decision.pk, organisation=organisation, by=by, at=at)


def _draft_of(decision: Decision) -> Draft:
    return Draft(
        decision.decided_on,
        decision.number,
        rules.Division(decision.division),
        decision.decider_name,
        decision.decider_duty,
        decision.remark,
    )


def _plain(draft: Draft) -> dict[str, str]:
    return {**asdict(draft), "decided_on": draft.decided_on.isoformat(), "division": draft.division.value}


def _recorded_scans(scans: Sequence[Kept]) -> dict[str, tuple[Any, Any]]:
    return {"files": (None, attachments.recorded(scans))} if scans else {}


def _sign(matter: Matter, *, changed: dict[str, tuple[Any, Any]], reason: str = "") -> None:
    record(
        kind=matter.kind,
        subject=matter.subject,
        label=matter.title,
        organisation=matter.organisation_id,
        changed=changed,
        reason=reason,
    )
