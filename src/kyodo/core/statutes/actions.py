"""Write rows: a new one, one that follows another, one that ends another. No row is changed or taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.faults import Changed, Fault, Faulty, fault_of_text
from kyodo.core.organisations.models import Organisation
from kyodo.core.plain_number import plain
from kyodo.core.search import documents
from kyodo.core.statutes import queries
from kyodo.core.statutes.edition import Line, put
from kyodo.core.statutes.models import Statute
from kyodo.core.statutes.rules import (
    BodyClass,
    Book,
    Level,
    Row,
    RowDraft,
    Sure,
    faults_of_correction,
    faults_of_end,
    faults_of_row,
)
from kyodo.core.statutes.rules.catalogue import rule_label
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
    _hold_rows_beside(draft.rule, organisation.pk if organisation else None)
    ask_new(draft, organisation=organisation, reason=reason)
    row = _create(draft, organisation, reason=reason, at=at)
    _sign(row, changed={name: (None, _plain(getattr(draft, name))) for name in DRAFTED}, reason=reason)
    return row.pk


@action("statutes.row_corrected", _("{who}が法令・例規の表の {subject} を訂正しました。"))
def correct_row(*, row: Statute, draft: RowDraft, reason: str, by: Actor, at: datetime) -> int:
    """Let a row be followed by one that says it rightly; both stay to be read."""
    _hold(row)
    told = _in_place_of(row, draft)
    _refuse(_faults_of_correction(row, told, reason=reason))
    return _follow(row, told, reason=reason, at=at)


@action("statutes.row_ended", _("{who}が法令・例規の表の {subject} を終わらせました。"))
def end_row(*, row: Statute, last: date, reason: str, by: Actor, at: datetime) -> int:
    """Say on which day a row holds for the last time."""
    _hold(row)
    before = draft_of(row)
    _refuse([*faults_of_end(last, row=before), *_faults_of_reason(reason)])
    return _follow(row, replace(before, valid_until=last), reason=reason, at=at)


@action("statutes.edition_taken", _("{who}が、新しい版の法令の表から {subject} を取り込みました。"))
def take_edition(*, lines: Sequence[Line], by: Actor, at: datetime) -> None:
    """Take over lines of the program's table that are new or say something else than before."""
    rows = put(lines, at=at)
    followed = Statute.objects.filter(superseded_by__in=rows).values_list("pk", flat=True)
    for number in (*followed, *(row.pk for row in rows)):
        documents.refresh(KIND, number)
    label = ", ".join(sorted({rule_label(row.rule) for row in rows}))
    changed = {line.key: (None, line.edition) for line in lines}
    record(kind=KIND, subject=None, label=label, organisation=None, changed=changed)


def ask_new(draft: RowDraft, *, organisation: Organisation | None, reason: str) -> None:
    """Raise RowRefused with all that is wrong with a new row; one that many follow needs a reason."""
    book, beside = _beside(draft.level, organisation.pk if organisation else None)
    faults = faults_of_row(draft, book=book, others=beside)
    _refuse([*faults, *_faults_of_reason(reason, is_needed=organisation is None)])


def ask_correction(draft: RowDraft, *, row: Statute, reason: str) -> None:
    """Raise RowRefused with all that is wrong with what a correction changes."""
    _refuse(_faults_of_correction(row, _in_place_of(row, draft), reason=reason))


def draft_of(row: Statute) -> RowDraft:
    """What a row says, to be written anew."""
    told: dict[str, Any] = {name: getattr(row, name) for name in DRAFTED}
    body_class = BodyClass(row.body_class) if row.body_class else None
    value = None if row.value is None else plain(row.value)
    told |= {"level": Level(row.level), "body_class": body_class, "value": value, "sure": Sure(row.sure)}
    return RowDraft(**told)


def hold_bodies(bodies: Iterable[int]) -> None:
    """Let whoever else writes rows of these bodies wait until this act is done: no two then hold on one day."""
    list(Organisation.objects.filter(pk__in=bodies).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _hold_rows_beside(rule: str, body: int | None) -> None:
    """The same for one body, or for the rows of a rule that many follow: its oldest row stands for all of them."""
    if body is not None:
        hold_bodies([body])
    else:
        shared = Statute.objects.filter(rule=rule, organisation=None).order_by("pk")
        shared.select_for_update(no_key=True).values_list("pk").first()


def _hold(row: Statute) -> None:
    """Hold what stands beside a row, and see that the row stands."""
    _hold_rows_beside(row.rule, row.organisation_id)
    if not Statute.objects.standing().filter(pk=row.pk).exists():
        raise RowFollowed


def _in_place_of(row: Statute, draft: RowDraft) -> RowDraft:
    """A draft about what the row is about: a correction changes what is said, not of what."""
    before = draft_of(row)
    return replace(draft, rule=before.rule, kind=before.kind, level=before.level, body_class=before.body_class)


def _beside(level: Level, body: int | None) -> tuple[Book | None, list[Row]]:
    """The book of the body whose row it is, if it is a body's, and the rows beside which a row is put."""
    if body is None:
        return None, queries.shared_rows(level)
    book = queries.books_of([body])[body]
    return book, [row for row in book.rows if row.level is Level.BODY]


def _faults_of_correction(row: Statute, draft: RowDraft, *, reason: str) -> list[Fault]:
    book, beside = _beside(draft.level, row.organisation_id)
    others = [one for one in beside if one.id != row.pk]
    faults = faults_of_correction(draft, before=draft_of(row), book=book, others=others)
    return [*faults, *_faults_of_reason(reason)]


def _faults_of_reason(reason: str, *, is_needed: bool = True) -> Iterator[Fault]:
    shortest, longest = REASON_LENGTH
    return fault_of_text("reason", reason, (shortest if is_needed else 0, longest), one_line=True)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise RowRefused(faults)


def _follow(row: Statute, draft: RowDraft, *, reason: str, at: datetime) -> int:
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
    """A value as the record keeps it."""
    if isinstance(value, Decimal):
        return str(plain(value))
    return value if value is None or isinstance(value, str) else str(value)


def _sign(row: Statute, *, changed: dict[str, tuple[Any, Any]], reason: str) -> None:
    record(
        kind=KIND,
        subject=row.pk,
        label=f"{row.organisation.name if row.organisation else ''} {rule_label(row.rule)}".strip(),
        organisation=row.organisation_id,
        changed=changed,
        reason=reason,
    )
