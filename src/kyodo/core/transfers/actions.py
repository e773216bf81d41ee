"""What is done to lists of transfers: written, planned, applied at 00:00 of their day, or given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import F

from kyodo.core import clock, workflow
from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Role
from kyodo.core.accounts import actions as accounts
from kyodo.core.accounts.models import Membership, User
from kyodo.core.audit.record import action, record
from kyodo.core.duties.actions import create_duty
from kyodo.core.duties.models import Duty, DutyHolding
from kyodo.core.notifications.hearing import About
from kyodo.core.notifications.telling import tell
from kyodo.core.organisations.models import Organisation
from kyodo.core.transfers import handing_over, queries, rules
from kyodo.core.transfers.models import Transfer, TransferLine
from kyodo.core.transfers.rules import KIND, WAYS, Fault, Line, Move, State
from kyodo.engines.words import _

HANDED_OVER = _("{giver}の仕事{count}件を引き継ぎました。")


class TransferRefused(Exception):
    """Something is wrong with the list; `faults` names all of it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.line}: {fault.sentence}" for fault in faults))
        self.faults = faults


@action("transfers.drafted", _("{who}が人事異動の一覧（{subject}）を作りました。"))
def draft(*, organisation: Organisation, day: date, remark: str, lines: Sequence[Line], by: Actor, at: datetime) -> int:
    """Write a list down; nothing moves by it yet. Its number."""
    _check(organisation.pk, day, lines, other_than=None)
    made = Transfer.objects.create(
        organisation=organisation,
        day=day,
        remark=remark,
        made_by=by.label,
        made_at=at,
        state=State.DRAFT,
        state_since=at,
    )
    _write(made, lines)
    _sign(made, {"day": (None, day.isoformat()), "moving": (None, [line.username for line in lines])})
    return made.pk


@action("transfers.rewritten", _("{who}が人事異動の一覧（{subject}）を直しました。"))
def rewrite(
    *, transfer: Transfer, revision: int, day: date, remark: str, lines: Sequence[Line], by: Actor, at: datetime
) -> None:
    """Write a draft anew; workflow.Overtaken where somebody else was faster."""
    _check(transfer.organisation_id, day, lines, other_than=transfer.pk)
    rows = Transfer.objects.filter(pk=transfer.pk, revision=revision, state=State.DRAFT)
    if not rows.update(day=day, remark=remark, revision=F("revision") + 1):
        raise workflow.Overtaken(current=None)
    before = [line.username for line in queries.lines_of(transfer.pk)]
    TransferLine.objects.filter(transfer=transfer).delete()
    _write(transfer, lines)
    _sign(
        transfer,
        {
            "day": (transfer.day.isoformat(), day.isoformat()),
            "moving": (before, [line.username for line in lines]),
        },
    )


@action("transfers.planned", _("{who}が人事異動（{subject}）を予約しました。"))
def plan(*, transfer: Transfer, revision: int, by: Actor, at: datetime) -> None:
    """Let the list be applied at 00:00 of its day, as it was read (`revision`); Overtaken where it was rewritten."""
    if not Transfer.objects.filter(pk=transfer.pk, revision=revision).exists():
        raise workflow.Overtaken(current=None)
    _check(transfer.organisation_id, transfer.day, queries.lines_of(transfer.pk), other_than=transfer.pk)
    before = workflow.move(transfer, to=State.PLANNED, table=WAYS, at=at)
    people = queries.movable(transfer.organisation_id, day=transfer.day)
    for line in TransferLine.objects.filter(transfer=transfer, username__in=people):
        line.user_id = people[line.username].user_id
        line.save(update_fields=["user"])
    _sign(transfer, {"state": (before, State.PLANNED)})


@action("transfers.reopened", _("{who}が人事異動（{subject}）の予約を解きました。"))
def reopen(*, transfer: Transfer, by: Actor, at: datetime) -> None:
    """Back to a draft, to be changed."""
    before = workflow.move(transfer, to=State.DRAFT, table=WAYS, at=at)
    _sign(transfer, {"state": (before, State.DRAFT)})


@action("transfers.cancelled", _("{who}が人事異動（{subject}）を取りやめました。"))
def cancel(*, transfer: Transfer, by: Actor, at: datetime) -> None:
    """Give the list up; it stays to be read."""
    before = workflow.move(transfer, to=State.CANCELLED, table=WAYS, at=at)
    _sign(transfer, {"state": (before, State.CANCELLED)})


@action("transfers.seen", _("{who}が引き継いだ仕事を確かめました。"))
def see(*, line: TransferLine, by: Actor, at: datetime) -> None:
    """The successor has looked at what came to them."""
    line.seen_at = at
    line.save(update_fields=["seen_at"])
    _sign(line.transfer, {"seen": (None, at.isoformat())})


@action("transfers.applied", _("{who}が人事異動（{subject}）を実施しました。"))
def apply(*, transfer: Transfer, by: Actor, at: datetime) -> None:
    """Do what the list says: holdings end and begin, roles end, newcomers get their account, and work its next hands.

    Who has left meanwhile is passed over: nobody is moved twice.
    """
    workflow.move(transfer, to=State.APPLIED, table=WAYS, at=at)
    people = queries.movable(transfer.organisation_id, day=transfer.day)
    told = queries.lines_of(transfer.pk)
    rows = list(TransferLine.objects.filter(transfer=transfer))
    moved = [
        (row, line) for row, line in zip(rows, told, strict=True) if line.move is Move.JOINS or line.username in people
    ]
    for row, line in moved:
        row.user = _join(transfer, line, by, at) if line.move is Move.JOINS else _go(transfer, line, by, at)
    follows = rules.successors(told, people)
    for row, line in moved:
        if line.move is not Move.JOINS and row.user_id is not None:
            _hand_over(transfer, row, follows[line.username], by, at)
        row.save(update_fields=["user", "taken_over_by", "handed"])
    _sign(
        transfer,
        {
            "state": (State.PLANNED, State.APPLIED),
            "moving": (None, [line.username for _row, line in moved]),
            "handed": (None, {row.username: len(row.handed) for row, _line in moved}),
        },
    )


def _check(organisation_id: int, day: date, lines: Sequence[Line], *, other_than: int | None) -> None:
    people = queries.movable(organisation_id, day=day)
    faults = rules.faults_of(
        lines,
        day=day,
        today=clock.today(),
        colleagues=people,
        elsewhere=queries.elsewhere({line.username for line in lines}, but_of=organisation_id) - set(people),
        arriving=set(queries.colleagues(organisation_id, eve=day)) - set(people),
        planned=queries.planned(organisation_id, day=day, other_than=other_than),
    )
    if faults:
        raise TransferRefused(faults)


def _write(transfer: Transfer, lines: Sequence[Line]) -> None:
    TransferLine.objects.bulk_create(
        TransferLine(
            transfer=transfer,
            number=number,
            username=line.username,
            move=line.move,
            duty=line.duty,
            successor=line.successor,
            name=line.name,
            email=line.email,
            role=line.role,
        )
        for number, line in enumerate(lines, start=1)
    )


def _join(transfer: Transfer, line: Line, by: Actor, at: datetime) -> User | None:
    if User.objects.filter(username=line.username).exists():
        return None  # made by hand meanwhile
    return accounts.add_person(
        username=line.username,
        display_name=line.name,
        email=line.email,
        password=None,
        organisation=transfer.organisation,
        role=Role(line.role),
        duty=line.duty,
        valid_from=transfer.day,
        by=by,
        at=at,
    )


def _go(transfer: Transfer, line: Line, by: Actor, at: datetime) -> User:
    user, eve = User.objects.get(username=line.username), transfer.day - timedelta(days=1)
    holdings = DutyHolding.objects.filter(user=user, duty__organisation_id=transfer.organisation_id)
    holdings.filter(valid_from__gt=eve).delete()
    holdings.exclude(valid_until__lt=eve).update(valid_until=eve)
    if line.move is Move.MOVES:
        place = Duty.objects.filter(organisation_id=transfer.organisation_id, name=line.duty).first()
        place = place or create_duty(organisation=transfer.organisation, name=line.duty, by=by, at=at)
        accounts.give_duty(user=user, duty=place, valid_from=transfer.day, by=by, at=at)
        return user
    roles = Membership.objects.filter(user=user, organisation_id=transfer.organisation_id).exclude(valid_until__lt=eve)
    roles.filter(valid_from__gt=transfer.day).delete()  # what was to begin later never does
    for membership in roles.select_related("user"):
        if membership.role == Role.OPERATOR and not accounts.other_operators(membership, eve):
            continue  # flagged before; without an operator nobody could mend anything
        accounts.end_role(membership=membership, valid_until=max(eve, membership.valid_from), by=by, at=at)
    return user


def _hand_over(transfer: Transfer, row: TransferLine, successor: str | None, by: Actor, at: datetime) -> None:
    taker = None
    if successor:
        # Only who works for the body on that day: a user name may belong to somebody elsewhere by then.
        here = Membership.objects.on(clock.day_of(at)).filter(organisation_id=transfer.organisation_id)
        there = User.objects.filter(username=successor, is_active=True, pk__in=here.values("user_id"))
        taker = there.first()
    assert row.user is not None, "asked by the caller"
    row.handed = handing_over.hand(
        row.user.pk, taker.pk if taker else None, organisation=transfer.organisation_id, at=at
    )
    if taker is None:
        return
    row.taken_over_by = taker
    tell(
        [taker.pk],
        about=About(KIND, transfer.pk),
        sentence=HANDED_OVER,
        facts={"giver": row.user.display_name, "count": len(row.handed)},
        address=f"/transfers/hand-over/{row.pk}/",
        by=by,
        at=at,
    )


def _sign(transfer: Transfer, changed: dict[str, tuple[object, object]]) -> None:
    record(
        kind=KIND,
        subject=transfer.pk,
        label=f"{transfer.organisation.name} {transfer.day.isoformat()}",
        organisation=transfer.organisation_id,
        changed=changed,
    )
