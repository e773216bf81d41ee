"""What is done about retention: periods set, lists proposed, approved by somebody else, or refused."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from kyodo.core import workflow
from kyodo.core.access.actor import Actor
from kyodo.core.audit import disposal as record_disposal
from kyodo.core.audit.record import action, record
from kyodo.core.retention import queries
from kyodo.core.retention.kinds import KINDS, RecordKind
from kyodo.core.retention.models import Disposal, DisposalItem, Period
from kyodo.core.retention.rules import KIND, WAYS, State
from kyodo.engines.words import _

BATCH = 500


class NothingOver(Exception):
    """No record of this kind has been kept long enough yet."""


class SameHand(Exception):
    """Whoever proposed a list can't approve it too."""


class NotOver(Exception):
    """The period became longer since the list was made: what is on it is not over any more."""


@action("retention.period_set", _("{who}が{subject}の保存期間を決めました。"))
def set_period(*, kind: RecordKind, years: int, by: Actor, at: datetime) -> None:
    """Keep a kind that many fiscal years."""
    before = queries.years_of(kind)
    Period.objects.update_or_create(kind=kind.kind, defaults={"years": years})
    record(kind=KIND, subject=None, label=kind.name, organisation=None, changed={"years": (before, years)})


@action("retention.proposed", _("{who}が{subject}の廃棄の一覧を作りました。"))
def propose(*, kind: RecordKind, by: Actor, at: datetime) -> int:
    """List what of a kind has been kept long enough; its number."""
    assert kind.over is not None, "what the house clears by itself is not listed"
    day = queries.before(kind)
    found = kind.over(day, queries.MOST)
    if not found:
        raise NothingOver
    made = Disposal.objects.create(
        kind=kind.kind,
        before=day,
        made_by_id=by.user_id,
        made_by=by.label,
        made_at=at,
        state=State.PROPOSED,
        state_since=at,
    )
    DisposalItem.objects.bulk_create(
        (DisposalItem(disposal=made, subject_id=old.subject, label=old.label[:400], since=old.since) for old in found),
        batch_size=BATCH,
    )
    _sign(made, {"records": (None, len(found))})
    return made.pk


@action("retention.disposed", _("{who}が{subject}の廃棄を承認し、廃棄しました。"))
def approve(*, disposal: Disposal, keep: Collection[int], by: Actor, at: datetime) -> int:
    """Erase what is on the list but for the items in `keep`: content, and names and values in the record. How many."""
    if disposal.made_by_id == by.user_id:
        raise SameHand
    kind = KINDS[disposal.kind]
    assert kind.over is not None, "it was listed"
    assert kind.dispose is not None, "what is listed can be erased"
    workflow.move(disposal, to=State.DISPOSED, table=WAYS, at=at)
    DisposalItem.objects.filter(disposal=disposal, pk__in=keep).update(kept=True)
    listed = set(DisposalItem.objects.filter(disposal=disposal, kept=False).values_list("subject_id", flat=True))
    over = {old.subject for old in kind.over(queries.before(kind), queries.MOST)}
    if not listed <= over:
        raise NotOver
    subjects = sorted(listed)
    kind.dispose(subjects, at)
    record_disposal.dispose(kind.kind, subjects)
    # What the list called them goes too: the list says how many, and of which day.
    DisposalItem.objects.filter(disposal=disposal, kept=False).update(label="")
    Disposal.objects.filter(pk=disposal.pk).update(decided_by=by.label)
    _sign(disposal, {"state": (State.PROPOSED, State.DISPOSED), "records": (None, len(subjects))})
    return len(subjects)


@action("retention.rejected", _("{who}が{subject}を廃棄しないことにしました。"))
def reject(*, disposal: Disposal, reason: str, by: Actor, at: datetime) -> None:
    """Keep everything on the list, with the reason."""
    workflow.move(disposal, to=State.REJECTED, table=WAYS, at=at)
    Disposal.objects.filter(pk=disposal.pk).update(decided_by=by.label, reason=reason)
    _sign(disposal, {"state": (State.PROPOSED, State.REJECTED), "reason": (None, reason)})


def _sign(disposal: Disposal, changed: dict[str, tuple[object, object]]) -> None:
    record(
        kind=KIND,
        subject=disposal.pk,
        label=f"{KINDS[disposal.kind].name} {disposal.before.isoformat()}",
        organisation=None,
        changed=changed,
    )
