"""Move needs from state to state; what is solved in public is published, what is opened again is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from kyodo.core import workflow
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.deadlines import setting as deadlines
from kyodo.core.decisions import queries as decisions
from kyodo.core.search import documents
from kyodo.engines.words import _
from kyodo.modules.needs import rules
from kyodo.modules.needs.actions.publishing import publish
from kyodo.modules.needs.actions.refusals import NeedIsMerged, NeedRefused
from kyodo.modules.needs.actions.signing import sign, tell_followers
from kyodo.modules.needs.models import Need, NeedStep
from kyodo.modules.needs.rules import KIND, STATE_WORDS, State

TOLD = _("{subject} が「{state}」になりました。")
TOLD_SOLVED = _("{subject} が「{state}」になりました。満足度を教えてください。")


@action("needs.moved", _("{who}が相談 {subject} の状態を変えました。"))
def move_need(*, need: Need, to: State, reason: str, by: Actor, at: datetime) -> None:
    """Move a need to another state, with the reason that its page will show."""
    before = _move(need, to=to, reason=reason, by=by, at=at)
    sign(need, changed={"state": (before, to)}, reason=reason)


@action("needs.moved_together", _("{who}が {subject} の状態をまとめて変えました。"))
def move_needs(*, needs: Sequence[Need], to: State, reason: str, by: Actor, at: datetime) -> None:
    """Move several needs at once, all or none, with one reason and one entry."""
    before = {need.pk: _move(need, to=to, reason=reason, by=by, at=at) for need in needs}
    record(
        kind=KIND,
        subject=None,
        label=gettext("相談{n}件").format(n=len(needs)),
        organisation=by.organisation_id,
        changed={f"state #{number}": (state, to) for number, state in before.items()},
        reason=reason,
    )


def _move(need: Need, *, to: State, reason: str, by: Actor, at: datetime) -> str:
    # First: whoever was overtaken hears of that, not of a reason that the way back would need.
    workflow.ask_way(need, to=to, table=rules.TRANSITIONS)
    if faults := rules.faults_of_reason(reason, before=State(need.state), to=to):
        raise NeedRefused(faults)
    if to in rules.SOLVED and not _may_be_public(need):
        raise NeedRefused(
            [rules.Fault("to", _("公開の決裁がまだありません。団体が決裁を記録してから、進めてください。"))]
        )
    before = workflow.move(need, to=to, table=rules.TRANSITIONS, at=at)
    merged_into = Need.objects.values_list("merged_into_id", flat=True).get(pk=need.pk)
    if merged_into is not None:
        raise NeedIsMerged(merged_into)
    NeedStep.objects.create(need=need, before=before, after=to, reason=reason, by=by.label, at=at)
    if to not in rules.OPEN:
        deadlines.meet(KIND, need.pk, "due", at=at)
    documents.refresh(KIND, need.pk)
    publish(need, at=at)
    told = TOLD_SOLVED if to is State.DONE else TOLD
    tell_followers(need, told, by=by, at=at, words={"state": STATE_WORDS[to]})
    return before


def _may_be_public(need: Need) -> bool:
    """Solved, a need whose audience is everybody is published: some bodies want that decided before."""
    if (
        need.audience != rules.Audience.PUBLIC
        or not decisions.policy_of(need.organisation_id).publication_needs_decision
    ):
        return True
    return decisions.is_decided(rules.PUBLICATION, need.pk)
