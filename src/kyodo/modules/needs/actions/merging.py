"""Put needs together, part them again, split one. Nothing moves but a pointer, so undoing loses nothing.

A merged need points to the one whose page tells the story from then on; chains are kept flat, so that a page asks for
its sources in one step. What was written or joined in the meantime stays where it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.audit.values import recorded
from kyodo.core.deadlines import setting as deadlines
from kyodo.core.faults import Fault
from kyodo.engines.words import _
from kyodo.modules.needs import rules
from kyodo.modules.needs.actions.arranging import set_need_deadline
from kyodo.modules.needs.actions.backing import count_bodies
from kyodo.modules.needs.actions.posting import create_need, draft_of
from kyodo.modules.needs.actions.publishing import publish
from kyodo.modules.needs.actions.refusals import NeedChanged, NeedRefused
from kyodo.modules.needs.actions.signing import label_of, sign, tell_followers
from kyodo.modules.needs.models import Need, NeedBacking, NeedFollow, NeedMerge
from kyodo.modules.needs.rules import KIND, Audience, MergeSide, NeedDraft, State

TOLD_MERGED = _("{subject} が {into} に統合されました。これからは、統合先のページで進みます。")
TOLD_PARTED = _("{subject} の統合が取り消されました。もとのページで進みます。")
TOLD_SPLIT = _("{subject} が {origin} から分けられました。")


@action("needs.merged", _("{who}が相談 {subject} にほかの相談を統合しました。"))
def merge_needs(*, target: Need, sources: Sequence[Need], reason: str, by: Actor, at: datetime) -> None:
    """Put `sources` together with `target`, all or none."""
    faults = [fault for source in sources for fault in rules.faults_of_merge(_side(source), _side(target))]
    faults += rules.faults_of_reason(reason, before=State.RECEIVED, to=State.CHECKING)  # may be left out
    if not sources:
        faults.append(Fault("sources", _("統合する相談を選んでください。")))
    if faults:
        raise NeedRefused(list(dict.fromkeys(faults)))
    # The target is touched first: of two coordinators who merge A into B and B into A one waits here, and is refused.
    alone = Need.objects.filter(pk=target.pk, merged_into=None, state__in=rules.OPEN)
    if not alone.update(merged_into=None):
        raise NeedChanged
    for source in sorted(sources, key=lambda need: need.pk):
        _merge(source, target, reason=reason, by=by, at=at)
    count_bodies(target.pk)
    sign(target, changed={"merged": (None, [source.pk for source in sources])}, reason=reason)


@action("needs.parted", _("{who}が相談 {subject} の統合を取り消しました。"))
def undo_merge(*, need: Need, by: Actor, at: datetime) -> None:
    """Part a need from the one that it was merged into; what was merged into it before comes along."""
    undone = NeedMerge.objects.filter(need=need, undone_at=None)
    merge = undone.first()
    if merge is None or not undone.filter(pk=merge.pk).update(undone_at=at, undone_by=by.label):
        raise NeedChanged
    root = Need.objects.values_list("merged_into_id", flat=True).get(pk=need.pk)
    Need.objects.filter(pk=need.pk).update(merged_into=None)
    Need.objects.filter(pk__in=_below(need.pk)).update(merged_into=need)
    count_bodies(need.pk)
    set_need_deadline(need, assignee=need.assignee_id, due_on=need.due_on, by=by, at=at)
    if root is not None:
        count_bodies(root)
        publish(Need.objects.get(pk=root), at=at)  # it was told there, and is no more
    tell_followers(need, TOLD_PARTED, by=by, at=at)
    sign(need, changed={"merged": ([merge.into_id], None)})


@action("needs.split", _("{who}が相談 {subject} を、別の相談から分けました。"))
def split_need(
    *,
    need: Need,
    draft: NeedDraft,
    backings: Sequence[int],
    submission: UUID,
    by: Actor,
    at: datetime,
) -> int:
    """Make a part of a need one of its own, for the same body, with those of its backings that it concerns too."""
    faults = rules.faults_of_change(draft, wished=need.wish_on, today=clock.day_of(at))
    faults += rules.faults_of_part(draft, draft_of(need), is_joined=bool(backings))
    if faults:
        raise NeedRefused(faults)
    if not Need.objects.filter(pk=need.pk, state__in=rules.OPEN, merged_into=None).exists():
        raise NeedChanged
    part = create_need(
        draft,
        submission=submission,
        at=at,
        state=State.CHECKING,
        organisation_id=need.organisation_id,
        section=need.section,
        posted_by_id=need.posted_by_id,
        split_from=need,
        assignee_id=need.assignee_id,
    )
    for backing in NeedBacking.objects.filter(need=need, pk__in=backings):
        backing.pk, backing.need = None, part
        backing.save(force_insert=True)
    follows = NeedFollow.objects.filter(need=need).values_list("user_id", flat=True)
    NeedFollow.objects.bulk_create(NeedFollow(need=part, user_id=user) for user in follows)
    count_bodies(part.pk)
    tell_followers(part, TOLD_SPLIT, by=by, at=at, origin=label_of(need))
    told = {**recorded(draft), "split_from": need.pk}
    sign(part, changed={name: (None, value) for name, value in told.items()})
    return part.pk


def _merge(source: Need, target: Need, *, reason: str, by: Actor, at: datetime) -> None:
    free = Need.objects.filter(pk=source.pk, merged_into=None, state__in=rules.OPEN)
    if not free.update(merged_into=target):
        raise NeedChanged
    Need.objects.filter(merged_into=source).update(merged_into=target)
    NeedMerge.objects.create(need=source, into=target, reason=reason, by=by.label, at=at)
    deadlines.meet(KIND, source.pk, at=at)
    tell_followers(source, TOLD_MERGED, by=by, at=at, into=label_of(target))


def _below(need_id: int) -> set[int]:
    """All needs that were merged into this one, or into one of those, and were not parted again."""
    found: set[int] = set()
    layer = {need_id}
    while layer:
        above = NeedMerge.objects.filter(undone_at=None, into_id__in=layer)
        layer = set(above.values_list("need_id", flat=True)) - found
        found |= layer
    return found


def _side(need: Need) -> MergeSide:
    return MergeSide(need.pk, need.organisation_id, State(need.state), Audience(need.audience), need.merged_into_id)
