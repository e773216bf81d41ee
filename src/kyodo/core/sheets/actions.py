"""Send a sheet out, receive what comes back, apply it. Each leaves one entry, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.files import attachments
from kyodo.core.sheets import outcome, queries, sources, values
from kyodo.core.sheets.compare import Change, Returned
from kyodo.core.sheets.intake import Taken
from kyodo.core.sheets.models import SheetIssue, SheetReturn
from kyodo.core.sheets.rules import State
from kyodo.core.sheets.sources import OutRow
from kyodo.engines.words import _


class NotReceived(Exception):
    """The return has been applied meanwhile, or was refused."""


class NotYours(Exception):
    """New rows are added by the body for which the sheet was made."""


@action("sheets.issued", _("{who}が様式「{subject}」を送り出しました。"))
def issue(
    *,
    name: str,
    number: str,
    rows: Sequence[OutRow],
    organisation: int | None,
    narrowed: str,
    due_on: date | None,
    by: Actor,
    at: datetime,
) -> SheetIssue:
    """Enter a sheet into the register, with its rows as they stand. `organisation` None: for all bodies."""
    sheet = sources.find(name).sheet
    editable = [column.key for column in sheet.editable]
    locked = [column.key for column in sheet.columns if not column.editable and column.kind == "text"]
    row = SheetIssue.objects.create(
        number=number,
        name=name,
        issued_by_id=by.user_id,
        issued_by=by.label,
        issuer_id=by.organisation_id,
        organisation_id=organisation,
        narrowed=narrowed[:500],
        rows={
            str(one.id): {
                "revision": one.revision,
                "values": {key: one.values.get(key) for key in editable},
                "locked": {key: values.digest_of(str(one.values.get(key) or "")) for key in locked},
            }
            for one in rows
        },
        issued_at=at,
        due_on=due_on,
    )
    record(
        kind="sheets.issue",
        subject=row.pk,
        label=f"{sheet.title} {row.number}",
        organisation=organisation or by.organisation_id,
        changed={"rows": (None, len(rows)), "due_on": (None, due_on.isoformat() if due_on else None)},
    )
    return row


@action("sheets.received", _("{who}が様式「{subject}」の返送を受け付けました。"))
def receive(*, taken: Sequence[Taken], batch: UUID, by: Actor, at: datetime) -> list[int]:
    """Keep what came back, refused files with their faults too; the ids of the returns."""
    made = []
    for one in taken:
        kept = one.handed.kept
        row = SheetReturn.objects.create(
            issue_id=one.issue_id,
            batch=batch,
            digest=kept.digest if kept else "",
            name=one.handed.name,
            state=State.REFUSED if one.returned.faults else State.RECEIVED,
            sent_by_id=by.user_id,
            sent_by=by.label,
            organisation_id=by.organisation_id,
            outcome=outcome.kept(one.returned),
            received_at=at,
        )
        if kept:
            attachments.attach(kept, kind=queries.FILES, subject=row.pk, organisation=by.organisation_id, by=by, at=at)
        made.append(row.pk)
    files = attachments.recorded(one.handed.kept for one in taken if one.handed.kept)
    record(
        kind="sheets.return",
        subject=made[0] if made else None,
        label=taken[0].handed.name if len(taken) == 1 else _("{count}件").format(count=len(taken)),
        organisation=by.organisation_id,
        changed={"files": (None, files)},
    )
    return made


@action("sheets.applied", _("{who}が返送された様式「{subject}」を反映しました。"))
def apply(*, returned_id: int, taken: set[tuple[int, str]], by: Actor, at: datetime) -> list[int]:
    """Apply a received return as it was previewed; `taken` names the conflicts where the sheet's side counts.

    The numbers of new rows come back. NotReceived where it was applied before; RowsMoved where a row changed since the
    preview, NotYours where it has new rows of another body: nothing is written then.
    """
    row = queries.returns_of(by).select_related("issue").get(pk=returned_id)
    told: Returned = outcome.read(row.outcome)
    changes = outcome.resolved(told, taken)
    held = SheetReturn.objects.filter(pk=row.pk, state=State.RECEIVED)
    if row.issue is None or not held.update(state=State.APPLIED, applied_at=at, applied_by=by.label):
        raise NotReceived
    if told.new and row.issue.organisation_id != by.organisation_id:
        raise NotYours
    source = sources.find(row.issue.name)
    made = source.write(changes=changes, new=told.new, by=by, at=at)
    record(
        kind="sheets.return",
        subject=row.pk,
        label=f"{source.sheet.title} {row.issue.number}",
        organisation=row.issue.organisation_id or by.organisation_id,
        changed={**_changed(changes), **({"new": (None, made)} if made else {})},
    )
    return made


@action("sheets.compared_again", _("{who}が返送された様式「{subject}」を今の内容と比べ直しました。"))
def compare_again(*, returned_id: int, returned: Returned, by: Actor, at: datetime) -> None:
    """Keep a new comparison of a return that is not applied yet."""
    row = queries.returns_of(by).get(pk=returned_id)
    state = State.REFUSED if returned.faults else State.RECEIVED
    held = SheetReturn.objects.filter(pk=row.pk).exclude(state=State.APPLIED)
    if not held.update(outcome=outcome.kept(returned), state=state):
        raise NotReceived
    record(kind="sheets.return", subject=row.pk, label=row.name, organisation=row.organisation_id)


def _changed(changes: Sequence[Change]) -> Mapping[str, tuple[Any, Any]]:
    return {f"#{one.id} {key}": pair for one in changes for key, pair in one.fields.items()}
