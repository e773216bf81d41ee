"""Ask a body's levels for approval, answer at one, take the question back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from kyodo.core import clock, workflow
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.deadlines import setting as deadlines
from kyodo.core.deadlines.setting import Due
from kyodo.core.decisions import paper, people, queries, rules
from kyodo.core.decisions.actions.refusals import AlreadyAsked, DecisionRefused, PaperChanged
from kyodo.core.decisions.events import MatterDecided
from kyodo.core.decisions.matters import Matter
from kyodo.core.decisions.models import Approval, ApprovalSeat, ApprovalStep
from kyodo.core.decisions.rules import APPROVAL, TRANSITIONS, Seat, State, Step
from kyodo.core.events.delivery import after_commit
from kyodo.core.faults import Fault, fault_of_text
from kyodo.core.notifications.hearing import About
from kyodo.core.notifications.telling import tell
from kyodo.engines.words import _

PURPOSE = "approve"


@action("decisions.asked", _("{who}が {subject} の承認を求めました。"))
def ask(*, matter: Matter, due_on: date | None, remark: str, by: Actor, at: datetime) -> int:
    """Ask the body's first level for approval, or ask again after a return: then all levels approve anew."""
    _check(remark, due_on, at)
    if queries.is_decided(matter.kind, matter.subject):
        raise AlreadyAsked
    again = Approval.objects.filter(kind=matter.kind, subject_id=matter.subject, state=State.RETURNED).first()
    if again is not None:
        approval = _asked_again(again, matter, due_on, by, at)
    else:
        approval = _asked_first(matter, due_on, by, at)
    _note(approval, Step.ASKED_AGAIN if again else Step.ASKED, by=by, at=at, remark=remark)
    _hand_over(approval, matter, by=by, at=at)
    _sign(matter, changed={"approval": (State.RETURNED if again else None, State.FIRST)}, reason=remark)
    return approval.pk


@action("decisions.answered", _("{who}が {subject} の承認に答えました。"))
def answer(
    *, approval: Approval, matter: Matter, approves: bool, turn: str, remark: str, by: Actor, at: datetime
) -> State:
    """Approve at the level that is asked, or return it to who asked; the state that it has then.

    `turn` is what the answer is to (`queries.AskedRow.turn`). Raises Overtaken where that was answered meanwhile, and
    PaperChanged where it would approve something else than was asked.
    """
    state = State(approval.state)
    if turn != rules.turn_of(state, approval.round) or (level := rules.level_of(state)) is None:
        raise workflow.Overtaken(current=state)
    if faults := _faults_of_answer(remark, approves=approves):
        raise DecisionRefused(faults)
    seat = _seats(approval, at)[level]
    if not queries.may_answer(approval, seat, actor=by):
        raise DecisionRefused([Fault("", _("この段階を承認できるのは、承認者とその代理だけです。"))])
    if approves and paper.digest_of(matter.title, matter.paper) != approval.paper_digest:
        raise PaperChanged
    to = rules.after_approval(state, levels=approval.levels) if approves else State.RETURNED
    workflow.move(approval, to=to, table=TRANSITIONS, at=at)
    step = Step.APPROVED if approves else Step.RETURNED
    _note(approval, step, by=by, at=at, remark=remark, number=level, is_deputy=by.user_id not in seat.holders)
    if to in rules.ASKED:
        _hand_over(approval, matter, by=by, at=at)
    else:
        deadlines.meet(APPROVAL, approval.pk, at=at)
        _tell_asker(approval, matter, to, by=by, at=at)
    if to is State.APPROVED:
        after_commit(MatterDecided(matter.kind, matter.subject, matter.organisation_id, ""))
    _sign(matter, changed={"approval": (state, to)}, reason=remark)
    return to


@action("decisions.approval_withdrawn", _("{who}が {subject} の承認の求めを取り下げました。"))
def withdraw(*, approval: Approval, matter: Matter, by: Actor, at: datetime) -> None:
    """Take the question back; it may be asked anew, and finds the body's levels as they are then."""
    before = workflow.move(approval, to=State.WITHDRAWN, table=TRANSITIONS, at=at)
    _note(approval, Step.WITHDRAWN, by=by, at=at)
    deadlines.meet(APPROVAL, approval.pk, at=at)
    _sign(matter, changed={"approval": (before, State.WITHDRAWN)})


def _check(remark: str, due_on: date | None, at: datetime) -> None:
    faults = [
        *fault_of_text("remark", remark, rules.REMARK_LENGTH),
        *rules.fault_of_due(due_on, today=clock.day_of(at)),
    ]
    if faults:
        raise DecisionRefused(faults)


def _faults_of_answer(remark: str, *, approves: bool) -> list[Fault]:
    length = rules.REMARK_LENGTH if approves else (rules.REASON_LENGTH[0], rules.REMARK_LENGTH[1])
    return list(fault_of_text("remark", remark, length))


def _asked_first(matter: Matter, due_on: date | None, by: Actor, at: datetime) -> Approval:
    policy, levels = queries.policy_of(matter.organisation_id), queries.levels_of(matter.organisation_id)
    if not policy.has_steps or not levels:
        raise AlreadyAsked
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                kind=matter.kind,
                subject_id=matter.subject,
                organisation_id=matter.organisation_id,
                act=matter.act,
                title=matter.title,
                levels=len(levels),
                may_approve_own=policy.may_approve_own,
                paper_digest=paper.digest_of(matter.title, matter.paper),
                asked_by_id=by.user_id,
                asked_by=by.label,
                asked_at=at,
                due_on=due_on,
                state=State.FIRST,
                state_since=at,
            )
    except IntegrityError as another:
        raise AlreadyAsked from another
    ApprovalSeat.objects.bulk_create(
        ApprovalSeat(
            approval=approval,
            number=level.number,
            duty_id=level.duty_id,
            user_id=level.user_id,
            deputy_duty_id=level.deputy_duty_id,
            deputy_user_id=level.deputy_user_id,
        )
        for level in levels
    )
    return approval


def _asked_again(approval: Approval, matter: Matter, due_on: date | None, by: Actor, at: datetime) -> Approval:
    workflow.move(approval, to=State.FIRST, table=TRANSITIONS, at=at)
    approval.round += 1
    approval.title, approval.paper_digest = matter.title, paper.digest_of(matter.title, matter.paper)
    approval.asked_by_id, approval.asked_by, approval.asked_at = by.user_id, by.label, at
    approval.due_on = due_on
    approval.save(update_fields=["round", "title", "paper_digest", "asked_by_id", "asked_by", "asked_at", "due_on"])
    return approval


def _seats(approval: Approval, at: datetime) -> dict[int, Seat]:
    seats = list(approval.seats.all())
    return people.seated(seats, organisation_id=approval.organisation_id, day=clock.day_of(at))


def _hand_over(approval: Approval, matter: Matter, *, by: Actor, at: datetime) -> None:
    """Whose turn it is now is told, and has the day."""
    level = rules.level_of(State(approval.state))
    assert level is not None, "handed over only while it is asked"
    seat = rules.allowed(
        _seats(approval, at)[level], asker=approval.asked_by_id, may_approve_own=approval.may_approve_own
    )
    address = queries.address_of(matter.kind, matter.subject)
    due = Due(
        kind=APPROVAL,
        subject=approval.pk,
        purpose=PURPOSE,
        what=_("承認"),
        about=matter.title,
        address=address,
        organisation_id=approval.organisation_id,
        user_id=min(seat.holders, default=None) or min(seat.deputies, default=None),
    )
    deadlines.set_deadline(due, on=approval.due_on, at=at)
    sentence = _("{who}が、{subject} の承認を求めています。")
    facts = {"who": approval.asked_by, "subject": matter.title}
    about = About(APPROVAL, approval.pk)
    tell(rules.everybody(seat), about=about, sentence=sentence, facts=facts, address=address, by=by, at=at)


def _tell_asker(approval: Approval, matter: Matter, to: State, *, by: Actor, at: datetime) -> None:
    returned = _("{who}が、{subject} の承認を差し戻しました。")
    sentence = returned if to is State.RETURNED else _("{subject} が承認されました。")
    tell(
        {approval.asked_by_id} if approval.asked_by_id else (),
        about=About(APPROVAL, approval.pk),
        sentence=sentence,
        facts={"who": by.label, "subject": matter.title},
        address=queries.address_of(matter.kind, matter.subject),
        by=by,
        at=at,
    )


def _note(
    approval: Approval,
    what: Step,
    *,
    by: Actor,
    at: datetime,
    remark: str = "",
    number: int | None = None,
    is_deputy: bool = False,
) -> None:
    ApprovalStep.objects.create(
        approval=approval,
        round=approval.round,
        number=number,
        what=what,
        user_id=by.user_id,
        who=by.label,
        is_deputy=is_deputy,
        at=at,
        remark=remark,
    )


def _sign(matter: Matter, *, changed: dict[str, tuple[str | None, str]], reason: str = "") -> None:
    record(
        kind=matter.kind,
        subject=matter.subject,
        label=matter.title,
        organisation=matter.organisation_id,
        changed=changed,
        reason=reason,
    )
