"""What is done to mergers: planned, given up, applied at 00:00 of their day."""

from __future__ import annotations

from datetime import datetime, timedelta

from kyodo.core import clock, workflow
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.mergers import estate, queries, rules
from kyodo.core.mergers.models import Merger
from kyodo.core.mergers.rules import KIND, WAYS, Draft, State
from kyodo.core.organisations.actions import OrganisationDraft, add_organisation
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.engines.words import _


class MergerRefused(Exception):
    """Something is wrong with a merger; `faults` are fields and sentences."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {sentence}" for field, sentence in faults))
        self.faults = faults


@action("mergers.planned", _("{who}が合併（{subject}）を予約しました。"))
def plan(*, draft: Draft, by: Actor, at: datetime) -> int:
    """Let bodies become another at 00:00 of a day; its number."""
    faults = rules.faults_of(draft, today=clock.today(), planned=queries.bodies_of_planned(), codes=queries.codes())
    if faults:
        raise MergerRefused(list(faults))
    made = Merger.objects.create(
        day=draft.day,
        successor_id=draft.successor,
        kind=draft.kind,
        name=draft.name,
        kana=draft.kana,
        code=draft.code,
        made_by=by.label,
        made_at=at,
        state=State.PLANNED,
        state_since=at,
    )
    made.predecessors.set(draft.predecessors)
    _sign(made, {"day": (None, draft.day.isoformat()), "bodies": (None, _names(made))})
    return made.pk


@action("mergers.cancelled", _("{who}が合併（{subject}）を取りやめました。"))
def cancel(*, merger: Merger, by: Actor, at: datetime) -> None:
    """Give a merger up."""
    before = workflow.move(merger, to=State.CANCELLED, table=WAYS, at=at)
    _sign(merger, {"state": (before, State.CANCELLED)})


@action("mergers.applied", _("{who}が合併（{subject}）を実施しました。"))
def apply(*, merger: Merger, by: Actor, at: datetime) -> None:
    """End the bodies with the eve of the day; what they have goes over to the successor."""
    workflow.move(merger, to=State.APPLIED, table=WAYS, at=at)
    successor = merger.successor or _found(merger, by, at)
    eve = merger.day - timedelta(days=1)
    for body in merger.predecessors.all():
        body.valid_until, body.succeeded_by = eve, successor
        body.save(update_fields=["valid_until", "succeeded_by"])
        estate.move(body.pk, successor.pk, day=merger.day, at=at)
    _sign(merger, {"state": (State.PLANNED, State.APPLIED), "bodies": (_names(merger), [successor.name])})


def _found(merger: Merger, by: Actor, at: datetime) -> Organisation:
    """Make the new body, valid from the day, with the tile and the entrance of the largest of the old by code."""
    made = add_organisation(
        draft=OrganisationDraft(kind=Kind(merger.kind), name=merger.name, code=merger.code, kana=merger.kana),
        by=by,
        at=at,
    )
    first = merger.predecessors.order_by("code").first()
    made.valid_from = merger.day
    if first is not None:
        made.tile_column, made.tile_row, made.tile_apart = first.tile_column, first.tile_row, first.tile_apart
        made.latitude, made.longitude, made.home_entrance = first.latitude, first.longitude, first.home_entrance
    made.save()
    merger.successor = made
    merger.save(update_fields=["successor"])
    return made


def _names(merger: Merger) -> list[str]:
    return list(merger.predecessors.order_by("code").values_list("name", flat=True))


def _sign(merger: Merger, changed: dict[str, tuple[object, object]]) -> None:
    name = merger.successor.name if merger.successor else merger.name
    record(
        kind=KIND,
        subject=merger.pk,
        label=f"{'・'.join(_names(merger))} → {name}",
        organisation=merger.successor_id,
        changed=changed,
    )
