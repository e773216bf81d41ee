"""A row as it is handed in, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kyodo.core.faults import Fault, fault_of_text
from kyodo.core.statutes.rules.book import Book, Row, is_beyond
from kyodo.core.statutes.rules.catalogue import MARKS, RULES, Bound, unit_of
from kyodo.core.statutes.rules.words import BodyClass, Level, Sure, Unit
from kyodo.engines.words import _

LENGTHS = {"article": (1, 200), "law": (0, 100), "number": (0, 60), "source": (0, 300), "text": (0, 500)}
REASON_LENGTH = (1, 300)
MOST = Decimal(10) ** 13
YEARS = (1889, 2100)  # 町村制 is of 1889


@dataclass(frozen=True, slots=True)
class RowDraft:
    """A row as it is handed in. `level` BODY is of the body whose book it goes into."""

    rule: str
    kind: str
    level: Level
    body_class: BodyClass | None
    value: Decimal | None
    valid_from: date | None
    valid_until: date | None
    article: str
    sure: Sure
    source: str = ""
    checked_on: date | None = None
    text: str = ""
    law: str = ""
    number: str = ""
    enacted_on: date | None = None

    def row(self, *, organisation_id: int | None, number: int = 0) -> Row:
        """The row that it would be."""
        told = {name: getattr(self, name) for name in RowDraft.__dataclass_fields__}
        unit = unit_of(self.rule, self.kind) if self.rule in RULES else Unit.NONE
        return Row(id=number, organisation_id=organisation_id, unit=unit, **told)


def faults_of_row(draft: RowDraft, *, book: Book | None, others: Iterable[Row]) -> list[Fault]:
    """All that is wrong with a row. `book` is that of the body whose own row it is, `others` rows beside it."""
    faults = [*_faults_of_words(draft), *_faults_of_days(draft)]
    if draft.rule not in RULES or draft.kind not in RULES[draft.rule].kinds:
        return [*faults, Fault("what", _("決まりを選んでください。"))]
    faults += _faults_of_value(draft)
    faults += _faults_of_own(draft, book) if draft.level is Level.BODY else _faults_of_shared(draft)
    if not {"valid_from", "valid_until"} & {fault.field for fault in faults}:
        faults += _faults_beside(draft, others)
    return faults


def faults_of_correction(draft: RowDraft, *, before: RowDraft, book: Book | None, others: Iterable[Row]) -> list[Fault]:
    """All that is wrong with what a correction changes; `others` are the rows beside the one that it follows.

    What the row says already and goes on saying is not asked about again: the law has changed since then, or leaves
    open what a new row must say.
    """
    stood = before.row(organisation_id=None)
    apart = [row for row in others if not stood.overlaps(row)]
    same = {
        fault
        for fault in faults_of_row(before, book=book, others=())
        if getattr(before, fault.field, None) == getattr(draft, fault.field, None)
    }
    return [fault for fault in faults_of_row(draft, book=book, others=apart) if fault not in same]


def faults_of_end(last: date, *, row: RowDraft) -> list[Fault]:
    """All that is wrong with the last day of a row."""
    faults = list(_faults_of_year("last", last))
    if row.valid_until is not None and row.valid_until < last:
        faults.append(Fault("last", _("この行は、もっと前に終わっています。")))
    elif row.valid_from is not None and last < row.valid_from:
        faults.append(Fault("last", ENDS_TOO_EARLY))
    return faults


def _faults_beside(draft: RowDraft, others: Iterable[Row]) -> Iterator[Fault]:
    row = draft.row(organisation_id=None)
    if any(_is_same(draft, other) and row.overlaps(other) for other in others):
        yield Fault("valid_from", OVERLAP)


def _faults_of_words(draft: RowDraft) -> Iterator[Fault]:
    for name, length in LENGTHS.items():
        yield from fault_of_text(name, str(getattr(draft, name)), length, one_line=name != "text")


def _faults_of_value(draft: RowDraft) -> Iterator[Fault]:
    has_unit = unit_of(draft.rule, draft.kind) is not Unit.NONE
    if draft.value is not None and not has_unit:
        yield Fault("value", _("この決まりに数値はありません。"))
    elif draft.value is not None and not 0 <= draft.value < MOST:
        yield Fault("value", _("数値を確かめてください。"))
    elif draft.value is None and has_unit and draft.sure is not Sure.UNSURE:
        yield Fault("value", _("数値を書くか、確かさを「要確認」にしてください。"))


def _faults_of_days(draft: RowDraft) -> Iterator[Fault]:
    for name in ("valid_from", "valid_until", "enacted_on", "checked_on"):
        yield from _faults_of_year(name, getattr(draft, name))
    if draft.valid_from and draft.valid_until and draft.valid_until < draft.valid_from:
        yield Fault("valid_until", ENDS_TOO_EARLY)


def _faults_of_year(name: str, day: date | None) -> Iterator[Fault]:
    if day is not None and not YEARS[0] <= day.year < YEARS[1]:
        yield Fault(name, _("年を確かめてください。"))


def _faults_of_shared(draft: RowDraft) -> Iterator[Fault]:
    if draft.rule in MARKS:
        yield Fault("what", _("これは、団体ごとに書くものです。"))
    if (draft.level is Level.CLASS) != (draft.body_class is not None):
        yield Fault("body_class", _("団体の区分を選んでください。国の行なら、空けておいてください。"))


def _faults_of_own(draft: RowDraft, book: Book | None) -> Iterator[Fault]:
    card = RULES[draft.rule]
    if book is None or card.bound is Bound.NONE:
        yield Fault("what", _("この決まりは、団体では定められません。"))
        return
    if card.only is not None and book.own_class is not card.only:
        yield Fault("what", _("この団体の区分では使えません。"))
    if draft.rule == "union_class" and not book.is_group:
        yield Fault("what", _("この団体の区分では使えません。"))
    if draft.valid_from is None:
        yield Fault("valid_from", _("いつから有効かを書いてください。"))
    if draft.rule not in MARKS:
        if not draft.law:
            yield Fault("law", _("条例・規則の名前を書いてください。"))
        if draft.enacted_on is None:
            yield Fault("enacted_on", _("条例・規則の日付を書いてください。"))
    own = draft.row(organisation_id=book.organisation_id)
    if any(is_beyond(own, row) for row in _shared_beside(own, book)):
        yield Fault("value", FLOOR if card.bound is Bound.FLOOR else CEILING)


OVERLAP = _("同じ決まりの行と日付が重なります。その行を先に終わらせるか、訂正してください。")
FLOOR = _("法令の額より低くは定められません。")
CEILING = _("法令の上限を超えては定められません。")
ENDS_TOO_EARLY = _("終わりの日は、始まりの日より前にできません。")


def _shared_beside(own: Row, book: Book) -> Iterator[Row]:
    """Rows of the law that hold on a day on which the own row holds, and concern the body on that day."""
    for row in book.rows:
        if row.level is Level.BODY or (row.rule, row.kind) != (own.rule, own.kind) or not row.overlaps(own):
            continue
        day = max(row.valid_from or date.min, own.valid_from or date.min)
        if row.body_class is None or row.body_class in book.mark(day).classes:
            yield row


def _is_same(draft: RowDraft, row: Row) -> bool:
    """True for a row of the same rule at the same level. Classes of a union exclude one another."""
    if draft.level is not row.level or draft.rule != row.rule or draft.body_class != row.body_class:
        return False
    return draft.kind == row.kind or draft.rule == "union_class"
