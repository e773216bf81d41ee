"""Write rows: a new one, one that follows another, one that ends another. No row is changed or taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.faults import Changed, Fault, Faulty, fault_of_text
from kyodo.core.organisations.models import Organisation
from kyodo.core.search import documents
from kyodo.core.statutes import queries
from kyodo.core.statutes.edition import Line, put
from kyodo.core.statutes.models import Statute
from kyodo.core.statutes.rules import RULES, BodyClass, Level, RowDraft, Sure, faults_of_row
from kyodo.core.statutes.rules.draft import REASON_LENGTH
from kyodo.core.statutes.rules.words import KIND
from kyodo.engines.words import _

DRAFTED = tuple(RowDraft.__dataclass_fields__)


class RowRefused(Faulty):
    """The row can't be taken."""


class RowFollowed(Changed):
    """Another row has followed this one since it was read."""


@action("statutes.row_added", _("{who}が法令・例規の表に {subject} を加えました。"))
def add_row(*, organisation: Organisation | None, draft: RowDraft, reason: str, by: Actor, at: datetime) -> int:
    """Add a row: of a body's own ordinance, or (without a body) one that holds for many."""
    ask(draft, organisation=organisation, reason=reason)
    row = _create(draft, organisation, reason=reason, at=at)
    _sign(row, changed={name: (None, _plain(getattr(draft, name))) for name in DRAFTED}, reason=reason)
    return row.pk


@action("statutes.row_corrected", _("{who}が法令・例規の表の {subject} を訂正しました。"))
def correct_row(*, row: Statute, draft: RowDraft, reason: str, by: Actor, at: datetime) -> int:
    """Let a row be followed by one that says it rightly; both stay to be read."""
    same = replace(draft, rule=row.rule, kind=row.kind, level=Level(row.level), body_class=draft_of(row).body_class)
    return _follow(row, same, reason=reason, at=at)


@action("statutes.row_ended", _("{who}が法令・例規の表の {subject} を終わらせました。"))
def end_row(*, row: Statute, last: date, reason: str, by: Actor, at: datetime) -> int:
    """Say on which day a row holds for the last time."""
    if row.valid_until is not None and row.valid_until < last:
        raise RowRefused([Fault("last", _("この行は、もっと前に終わっています。"))])
    if row.valid_from is not None and last < row.valid_from:
        raise RowRefused([Fault("last", _("終わりの日は、始まりの日より前にできません。"))])
    return _follow(row, replace(draft_of(row), valid_until=last), reason=reason, at=at)


@action("statutes.edition_taken", _("{who}が、新しい版の法令の表から {subject} を取り込みました。"))
def take_edition(*, lines: Sequence[Line], by: Actor, at: datetime) -> None:
    """Take over lines of the program's table that are new or say something else than before."""
    rows = put(lines, at=at)
    followed = Statute.objects.filter(superseded_by__in=rows).values_list("pk", flat=True)
    for number in (*followed, *(row.pk for row in rows)):
        documents.refresh(KIND, number)
    label = ", ".join(sorted({RULES[row.rule].name for row in rows}))
    changed = {line.key: (None, line.edition) for line in lines}
    record(kind=KIND, subject=None, label=label, organisation=None, changed=changed)


def ask(draft: RowDraft, *, organisation: Organisation | None, reason: str, instead_of: int | None = None) -> None:
    """Raise RowRefused with all that is wrong; a row that many follow, and a correction, need a reason."""
    book = queries.books_of([organisation.pk])[organisation.pk] if organisation else None
    beside = queries.rows_beside(draft.level, organisation.pk if organisation else None)
    faults = faults_of_row(draft, book=book, others=[row for row in beside if row.id != instead_of])
    needed = 0 if organisation and instead_of is None else REASON_LENGTH[0]
    faults += fault_of_text("reason", reason, (needed, REASON_LENGTH[1]), one_line=True)
    if faults:
        raise RowRefused(faults)


def draft_of(row: Statute) -> RowDraft:
    """What a row says, to be written anew."""
    told: dict[str, Any] = {name: getattr(row, name) for name in DRAFTED}
    body_class = BodyClass(row.body_class) if row.body_class else None
    value = None if row.value is None else row.value.normalize()
    told |= {"level": Level(row.level), "body_class": body_class, "value": value, "sure": Sure(row.sure)}
    return RowDraft(**told)


def _follow(row: Statute, draft: RowDraft, *, reason: str, at: datetime) -> int:
    if not Statute.objects.standing().filter(pk=row.pk).exists():
        raise RowFollowed
    ask(draft, organisation=row.organisation, reason=reason, instead_of=row.pk)
    after = _create(draft, row.organisation, reason=reason, at=at)
    if not Statute.objects.standing().filter(pk=row.pk).update(superseded_by=after):
        raise RowFollowed
    documents.refresh(KIND, row.pk)
    before = draft_of(row)
    changed = {
        name: (_plain(getattr(before, name)), _plain(getattr(draft, name)))
        for name in DRAFTED
        if getattr(before, name) != getattr(draft, name)
    }
    _sign(after, changed=changed, reason=reason)
    return after.pk


def _create(draft: RowDraft, organisation: Organisation | None, *, reason: str, at: datetime) -> Statute:
    told = {name: getattr(draft, name) for name in DRAFTED if name not in {"body_class"}}
    row = Statute.objects.create(
        **told,
        body_class=draft.body_class or "",
        unit=draft.row(organisation_id=None).unit,
        organisation=organisation,
        reason=reason,
        written_at=at,
    )
    documents.refresh(KIND, row.pk)
    return row


def _plain(value: Any) -> Any:
    return None if value is None else value if isinstance(value, str) else str(value)


def _sign(row: Statute, *, changed: dict[str, tuple[Any, Any]], reason: str) -> None:
    record(
        kind=KIND,
        subject=row.pk,
        label=f"{row.organisation.name if row.organisation else ''} {RULES[row.rule].name}".strip(),
        organisation=row.organisation_id,
        changed=changed,
        reason=reason,
    )
