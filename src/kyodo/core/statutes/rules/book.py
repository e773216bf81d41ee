"""A body's book: the rows of all three levels that can concern it, and which of them decides on a day.

The lowest valid level decides: the body's own row before that of its class, that before the national one. What a body
set beyond what the law lets it (a council's vote only from a higher amount than the law allows, say) never decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kyodo.core.statutes.rules.catalogue import RULES, Bound
from kyodo.core.statutes.rules.words import BodyClass, Level, Sure, Unit
from kyodo.engines.words import _

OWN = _("団体の条例・規則があるので、それによります。")
OF_CLASS = _("団体の条例・規則の行がないので、団体の区分ごとの行によります。")
NATIONAL = _("団体の行も区分ごとの行もないので、国の行によります。")
BEYOND = _("団体の行は、法令の許す範囲を外れているので使えません。法令の行によります。")
NOTHING = _("この日に有効な行がありません。")
NO_CLASS = _("団体の区分がわからないので、区分ごとの行を選べません。")


@dataclass(frozen=True, slots=True)
class Row:
    """One dated row. `value` is None where nobody has seen the figure, or where the rule has none.

    Both days count: it holds from `valid_from` up to and with `valid_until`. `law`, `number` and `enacted_on` are those
    of a body's own ordinance; `id` is 0 of a row that is only imagined.
    """

    id: int
    rule: str
    kind: str
    level: Level
    body_class: BodyClass | None
    organisation_id: int | None
    value: Decimal | None
    unit: Unit
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

    def holds_on(self, day: date) -> bool:
        """True on its days."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def overlaps(self, other: Row) -> bool:
        """True if there is a day on which both hold."""
        return (self.valid_from or date.min) <= (other.valid_until or date.max) and (other.valid_from or date.min) <= (
            self.valid_until or date.max
        )

    @property
    def cited(self) -> str:
        """Where it is written, as people cite it."""
        number = f"（{self.number}）" if self.number else ""
        return f"{self.law}{number}{self.article}"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a body is on a day: its class, whether it is a core city, whether it is a union of bodies."""

    body_class: BodyClass | None
    is_core_city: bool = False
    is_union: bool = False

    @property
    def classes(self) -> frozenset[BodyClass]:
        """The classes whose rows concern it."""
        own = frozenset({self.body_class}) if self.body_class else frozenset()
        return own | {BodyClass.K} if self.is_core_city else own


@dataclass(frozen=True, slots=True)
class Decided:
    """Which row decides, and why: `rows` are all that hold on the day, the lowest level first."""

    rule: str
    kind: str
    on: date
    row: Row | None
    why: str
    rows: tuple[Row, ...]

    @property
    def value(self) -> Decimal | None:
        """The figure that decides; None where nothing does, or where the figure has to be looked up."""
        return self.row.value if self.row else None

    @property
    def is_own(self) -> bool:
        """True if the body itself said so."""
        return self.row is not None and self.row.level is Level.BODY


@dataclass(frozen=True, slots=True)
class Book:
    """A body and its rows, whenever they hold. `own_class` is what its kind says; None for unions and others."""

    organisation_id: int
    own_class: BodyClass | None
    rows: tuple[Row, ...]
    is_group: bool = False

    def mark(self, on: date) -> Mark:
        """What the body is on a day."""
        own = [row for row in self.rows if row.level is Level.BODY and row.holds_on(on)]
        if self.is_group:
            classes = [BodyClass(row.kind) for row in own if row.rule == "union_class"]
            return Mark(min(classes, key="PCT".index) if classes else None, is_union=True)
        is_core = self.own_class is BodyClass.C and any(row.rule == "core_city" for row in own)
        return Mark(self.own_class, is_core_city=is_core)

    def rule_for(self, rule: str, kind: str = "", *, on: date) -> Decided:
        """The row that decides on a day, all that hold on it, and why."""
        mark = self.mark(on)
        found = sorted((row for row in self._of(rule, kind, mark) if row.holds_on(on)), key=_rank)
        shared = next((row for row in found if row.level is not Level.BODY), None)
        deciding = next((row for row in found if not is_beyond(row, shared)), None)
        return Decided(rule, kind, on, deciding, self._why(deciding, found, mark, rule, kind), tuple(found))

    def holding(self, on: date) -> list[Decided]:
        """What holds on a day: of each rule and kind with a row then, in the order of the catalogue."""
        decided = (self.rule_for(rule, kind, on=on) for rule in RULES for kind in self.kinds(rule))
        return [one for one in decided if one.rows]

    def kinds(self, rule: str) -> list[str]:
        """The kinds of a rule of which there are rows, in the order of its card."""
        there = {row.kind for row in self.rows if row.rule == rule}
        return [kind for kind in RULES[rule].kinds if kind in there]

    def with_row(self, row: Row, *, instead_of: int | None = None) -> Book:
        """The book as it would be with one more row (and without the one that it takes the place of)."""
        kept = tuple(one for one in self.rows if instead_of is None or one.id != instead_of)
        return replace(self, rows=(*kept, row))

    def _of(self, rule: str, kind: str, mark: Mark) -> Iterable[Row]:
        for row in self.rows:
            if row.rule == rule and row.kind == kind and (row.body_class is None or row.body_class in mark.classes):
                yield row

    def _why(self, deciding: Row | None, found: list[Row], mark: Mark, rule: str, kind: str) -> str:
        if deciding is None or deciding.level is Level.NATIONAL:
            by_class = any(one.rule == rule and one.kind == kind and one.body_class for one in self.rows)
            if by_class and mark.body_class is None:
                return NO_CLASS
            if deciding is None:
                return NOTHING
        if found[0] is not deciding and found[0].level is Level.BODY:
            return BEYOND
        return {Level.BODY: OWN, Level.CLASS: OF_CLASS, Level.NATIONAL: NATIONAL}[deciding.level]


def is_beyond(row: Row, shared: Row | None) -> bool:
    """True for a body's own row that says what the law does not let it say."""
    if row.level is not Level.BODY or shared is None or shared.value is None or row.value is None:
        return False
    match RULES[row.rule].bound if row.rule in RULES else Bound.FREE:
        case Bound.FLOOR:
            return row.value < shared.value
        case Bound.CEILING:
            return row.value > shared.value
    return False


def _rank(row: Row) -> tuple[int, int, int, int]:
    """The lowest level first, a core city's row before a city's, of two the one that began later."""
    level = {Level.BODY: 0, Level.CLASS: 1, Level.NATIONAL: 2}[row.level]
    began = row.valid_from.toordinal() if row.valid_from else 0
    return (level, 0 if row.body_class is BodyClass.K else 1, -began, -row.id)
