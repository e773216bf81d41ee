"""What the pages show of rows, in words of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext

from kyodo.core.statutes import shown
from kyodo.core.statutes.preview import Effect
from kyodo.core.statutes.queries import ListedRow
from kyodo.core.statutes.rules import CLASS_WORDS, LEVEL_WORDS, BodyClass, Book, Decided, Level, Mark, Row, Sure
from kyodo.core.statutes.rules.catalogue import rule_place


@dataclass(frozen=True, slots=True)
class Told:
    """A row in words."""

    id: int
    rule: str
    title: str
    kind: str
    whose: str
    body: str
    figure: str
    days: str
    article: str
    sure: str
    is_unsure: bool
    source: str
    checked_on: date | None
    text: str
    reason: str = ""
    is_old: bool = False
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds of a rule: the row that decides, why, and the other levels' rows."""

    rule: str
    title: str
    row: Told | None
    level: str
    is_own: bool
    why: str
    others: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What changes for a body, in words."""

    body: str
    before: str
    after: str
    why: str


def told_of(row: Row) -> Told:
    """A row in words."""
    return Told(
        id=row.id,
        rule=row.rule,
        title=shown.title_of(row.rule, row.kind),
        kind=shown.kind_of(row),
        whose=shown.whose(row),
        body="",
        figure=shown.figure_of(row),
        days=shown.days(row),
        article=row.cited,
        sure=shown.sure(row),
        is_unsure=row.sure is Sure.UNSURE,
        source=row.source,
        checked_on=row.checked_on,
        text=row.text,
    )


def told(one: ListedRow, *, may_change: bool) -> Told:
    """A row as the page of its rule shows it."""
    return replace(
        told_of(one.row),
        body=one.organisation,
        reason=one.reason,
        is_old=one.is_old,
        may_change=may_change and not one.is_old,
    )


def what_holds(book: Book, on: date) -> list[Holding]:
    """Every rule that concerns a body on a day, in the order of the catalogue."""
    return [_holding(decided) for decided in book.holding(on)]


def _holding(decided: Decided) -> Holding:
    row = decided.row
    return Holding(
        rule=decided.rule,
        title=shown.title_of(decided.rule, decided.kind),
        row=told_of(row) if row else None,
        level=gettext(LEVEL_WORDS[row.level]) if row else "",
        is_own=decided.is_own,
        why=gettext(decided.why),
        others=tuple(told_of(other) for other in decided.rows if other is not row),
    )


def own_rows(book: Book) -> list[Told]:
    """A body's own rows, whenever they hold."""
    own = [row for row in book.rows if row.level is Level.BODY]
    return [
        told_of(row)
        for row in sorted(own, key=lambda row: (rule_place(row.rule), row.kind, row.valid_from or date.min))
    ]


def mark_words(mark: Mark) -> str:
    """What a body is, in words."""
    words = [gettext(CLASS_WORDS[mark.body_class])] if mark.body_class else [gettext("区分がわかりません")]
    if mark.is_core_city:
        words.append(gettext(CLASS_WORDS[BodyClass.K]))
    if mark.is_union:
        words.append(gettext("組合"))
    return "・".join(words)


def effects(found: Iterable[Effect]) -> list[Changed]:
    """What a row changes, in words."""
    return [Changed(one.body, _said(one.before.row), _said(one.after.row), gettext(one.after.why)) for one in found]


def _said(row: Row | None) -> str:
    if row is None:
        return gettext("なし")
    return " ".join(part for part in (shown.figure_of(row), row.cited) if part)
