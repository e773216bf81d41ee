"""Enter for a body, and what it answers: it confirms, says what is wrong, or does either on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kyodo.core import clock, workflow
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.deadlines import setting as deadlines
from kyodo.core.deadlines.setting import Due
from kyodo.core.faults import Fault, Faulty
from kyodo.core.files import attachments
from kyodo.core.files.store import Kept
from kyodo.core.notifications.hearing import About
from kyodo.core.notifications.telling import tell
from kyodo.core.proxy import queries, rules
from kyodo.core.proxy.models import ProxyEntry
from kyodo.core.proxy.rules import KIND, SourceDraft, State
from kyodo.engines.words import _

TOLD_ENTERED = _("{who}が、あなたの団体に代わって {subject} を入力しました。内容を確かめてください。")
TOLD_DISPUTED = _("{who}から、代行で入力した {subject} は違うという返事がありました。")


class ProxyRefused(Faulty):
    """The source or the answer can't be taken."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered: the thing, how people call it, its page, and its content as [term, value, is our word]."""

    kind: str
    subject: int
    label: str
    address: str
    told: list[list[Any]]


SAME_HAND = _("入力した本人は、団体として確かめられません。ほかの方に頼んでください。")


@action("proxy.entered", _("{who}が {subject} を代行で入力しました。"))
def enter(*, source: SourceDraft, files: Sequence[Kept], act: Callable[[], Entered], by: Actor, at: datetime) -> int:
    """Do `act` for a body and keep where it comes from; the number of what was entered comes back.

    `by` was made by `acting_for`. The body's officers and approvers are told, and asked to confirm within two weeks.
    """
    assert by.on_behalf_of is not None, "whoever enters for a body acts for it"
    _refuse(rules.faults_of_source(source, has_files=bool(files), today=clock.day_of(at)))
    entered = act()
    due_on = rules.confirm_by(clock.day_of(at))
    entry = ProxyEntry.objects.create(
        kind=entered.kind,
        subject_id=entered.subject,
        label=entered.label,
        address=entered.address,
        told=entered.told,
        organisation_id=by.on_behalf_of,
        source=source.source,
        said_on=source.said_on,
        said_duty=source.duty,
        said_by=source.name,
        note=source.note,
        entered_by_id=by.user_id,
        entered_by=by.label,
        entered_at=at,
        due_on=due_on,
        state=State.WAITING,
        state_since=at,
    )
    _attach(entry, files, by=by, at=at)
    due = Due(
        kind=KIND,
        subject=entry.pk,
        purpose="confirm",
        what=_("代行入力を確かめる"),
        about=entered.label,
        address=queries.address_of(entry.pk),
        organisation_id=by.on_behalf_of,
    )
    deadlines.set_deadline(due, on=due_on, at=at)
    tell(
        queries.people_of(by.on_behalf_of),
        about=About(KIND, entry.pk),
        sentence=TOLD_ENTERED,
        facts={"who": by.label, "subject": entered.label},
        address=queries.address_of(entry.pk),
        by=by,
        at=at,
    )
    _sign(
        entry,
        changed={
            "source": (None, source.source),
            "said_on": (None, source.said_on.isoformat()),
            "said_by": (None, f"{source.duty} {source.name}"),
            "note": (None, source.note),
            "files": (None, attachments.recorded(files)),
        },
    )
    return entered.subject


@action("proxy.confirmed", _("{who}が、代行で入力された {subject} を確認しました。"))
def confirm(*, entry: ProxyEntry, by: Actor, at: datetime) -> None:
    """The body says that what was entered for it is right; never whoever entered it, wearing another hat."""
    if by.user_id is not None and by.user_id == entry.entered_by_id:
        raise ProxyRefused([Fault("", SAME_HAND)])
    before = _answer(entry, to=State.CONFIRMED, remark="", who=by.label, at=at)
    _sign(entry, changed={"state": (before, State.CONFIRMED)})


@action("proxy.disputed", _("{who}が、代行で入力された {subject} は違うと答えました。"))
def dispute(*, entry: ProxyEntry, remark: str, by: Actor, at: datetime) -> None:
    """The body says what is wrong; whoever entered it is told."""
    _refuse(rules.faults_of_remark(remark, to=State.DISPUTED))
    before = _answer(entry, to=State.DISPUTED, remark=remark, who=by.label, at=at)
    if entry.entered_by_id is not None:
        tell(
            [entry.entered_by_id],
            about=About(KIND, entry.pk),
            sentence=TOLD_DISPUTED,
            facts={"who": by.label, "subject": entry.label},
            address=queries.address_of(entry.pk),
            by=by,
            at=at,
        )
    _sign(entry, changed={"state": (before, State.DISPUTED)}, reason=remark)


@action("proxy.answered_on_paper", _("{who}が、代行で入力した {subject} への団体の返事を記録しました。"))
def note_answer(
    *, entry: ProxyEntry, to: State, who: str, remark: str, files: Sequence[Kept], by: Actor, at: datetime
) -> None:
    """Note what a body without an account answered, and who there did."""
    needs_proof = to is State.CONFIRMED and by.user_id == entry.entered_by_id and not files
    _refuse(rules.faults_of_paper_answer(to=to, who=who, remark=remark, needs_proof=needs_proof))
    before = _answer(entry, to=to, remark=remark, who=f"{entry.organisation.name} {who}（記録：{by.label}）", at=at)
    _attach(entry, files, by=by, at=at)
    changed: dict[str, tuple[Any, Any]] = {
        "state": (before, to),
        "said_by": (None, who),
        "files": (None, attachments.recorded(files)),
    }
    _sign(entry, changed=changed, reason=remark)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise ProxyRefused(faults)


def _answer(entry: ProxyEntry, *, to: State, remark: str, who: str, at: datetime) -> str:
    """Move the entry in one step: its answer and its state stand or fall together."""
    workflow.ask_way(entry, to=to, table=rules.TRANSITIONS)
    before = entry.state
    same = ProxyEntry.objects.filter(pk=entry.pk, state=before)
    if not same.update(state=to, state_since=at, answered_by=who[:300], answered_at=at, remark=remark):
        raise workflow.Overtaken(current=ProxyEntry.objects.values_list("state", flat=True).get(pk=entry.pk))
    deadlines.meet(KIND, entry.pk, at=at)
    return before


def _attach(entry: ProxyEntry, files: Sequence[Kept], *, by: Actor, at: datetime) -> None:
    for file in files:
        attachments.attach(file, kind=KIND, subject=entry.pk, organisation=entry.organisation_id, by=by, at=at)


def _sign(entry: ProxyEntry, *, changed: dict[str, tuple[Any, Any]], reason: str = "") -> None:
    record(
        kind=KIND,
        subject=entry.pk,
        label=entry.label,
        organisation=entry.organisation_id,
        changed=changed,
        reason=reason,
    )
