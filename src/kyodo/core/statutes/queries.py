"""Reads of rules: books of bodies, rows of a rule, what is in the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.organisations.models import MUNICIPAL, Kind, Organisation
from kyodo.core.plain_number import plain
from kyodo.core.statutes.models import Statute, StatuteQuerySet
from kyodo.core.statutes.permissions import Permission
from kyodo.core.statutes.rules import RULES, BodyClass, Book, Decided, Level, Row, Sure, Unit, class_of_kind

FIELDS = tuple(Row.__dataclass_fields__)
LISTED = (*FIELDS, "organisation__name", "reason", "edition", "superseded_by_id")
# Bodies that are governed by law: each has its book.
GOVERNED = MUNICIPAL | {Kind.PREFECTURE, Kind.GROUP}


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row as lists show it. `is_shipped`: it came with the program; `is_old`: another one has followed it."""

    row: Row
    organisation: str
    reason: str
    is_shipped: bool
    is_old: bool

    @property
    def id(self) -> int:
        """The row's number."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class GovernedBody:
    """A body that has a book."""

    id: int
    name: str
    code: str


def books_of(organisation_ids: Collection[int]) -> dict[int, Book]:
    """The books of bodies, in two queries however many they are."""
    kinds = Organisation.objects.filter(pk__in=organisation_ids).order_by().values_list("pk", "kind")
    shared: list[Row] = []
    own: dict[int, list[Row]] = defaultdict(list)
    rows = Statute.objects.standing().filter(Q(organisation=None) | Q(organisation__in=organisation_ids))
    for values in rows.order_by().values_list(*FIELDS):
        row = row_of(values)
        if row.organisation_id is None:
            shared.append(row)
        else:
            own[row.organisation_id].append(row)
    return {
        key: Book(key, class_of_kind(kind), (*shared, *own[key]), is_group=kind == Kind.GROUP) for key, kind in kinds
    }


def rule_for(*, rule: str, kind: str = "", body: int, on: date) -> Decided:
    """Which row of a rule decides for a body on a day, and all that hold. For several bodies or rules: `books_of`."""
    return books_of([body])[body].rule_for(rule, kind, on=on)


def in_order(rows: QuerySet[Statute]) -> QuerySet[Statute]:
    """With `place`, by which rows stand as the catalogue names their rules."""
    places = (When(rule=rule, then=Value(place)) for place, rule in enumerate(RULES))
    return rows.annotate(place=Case(*places, default=Value(len(RULES)), output_field=IntegerField()))


def visible_to(actor: Actor) -> StatuteQuerySet:
    """Rows that an actor may read, also those that others have followed."""
    return Statute.objects.all() if actor.may(Permission.READ) else Statute.objects.none()


def held_by(actor: Actor) -> QuerySet[Statute]:
    """Standing rows that the actor may correct or end."""
    rows = Statute.objects.standing().select_related("organisation")
    own = held(rows.filter(level=Level.BODY), actor=actor, permission=Permission.KEEP)
    return own | rows.exclude(level=Level.BODY) if actor.may(Permission.SHARE) else own


def kept_bodies(actor: Actor) -> QuerySet[Organisation]:
    """The bodies whose own rows the actor keeps."""
    return held(_governed(), actor=actor, permission=Permission.KEEP, owner="pk")


def bodies() -> list[GovernedBody]:
    """All bodies with a book that exist today, in the order of their codes."""
    return _bodies(_governed().order_by("code", "id"))


def body(organisation_id: int) -> GovernedBody | None:
    """One of them."""
    return next(iter(_bodies(_governed().filter(pk=organisation_id))), None)


def rows_of_rule(rule: str, *, actor: Actor) -> list[ListedRow]:
    """All rows of a rule, those that others have followed too, by kind, class and time."""
    found = visible_to(actor).filter(rule=rule).order_by("kind", "level", "body_class", "organisation__code", "id")
    rows = listed(found.values_list(*LISTED))
    return sorted(rows, key=lambda one: (*_place(one), one.row.valid_from or date.min, one.id))


def shared_rows(level: Level) -> list[Row]:
    """The standing rows of a level that many follow, beside which a new one is put."""
    found = Statute.objects.standing().filter(level=level, organisation=None)
    return [row_of(values) for values in found.order_by().values_list(*FIELDS)]


def listed(values: Iterable[tuple[Any, ...]]) -> list[ListedRow]:
    """Rows of the fields `LISTED`."""
    return [
        ListedRow(row_of(told[: len(FIELDS)]), organisation or "", reason, bool(edition), old is not None)
        for *told, organisation, reason, edition, old in values
    ]


def row_of(values: Iterable[Any]) -> Row:
    """A row of the fields `FIELDS`."""
    told = dict(zip(FIELDS, values, strict=True))
    value: Decimal | None = told.pop("value")
    body_class: str = told.pop("body_class")
    return Row(
        level=Level(told.pop("level")),
        body_class=BodyClass(body_class) if body_class else None,
        value=None if value is None else plain(value),
        unit=Unit(told.pop("unit")),
        sure=Sure(told.pop("sure")),
        **told,
    )


def _bodies(found: QuerySet[Organisation]) -> list[GovernedBody]:
    return [GovernedBody(key, name, code or "") for key, name, code in found.values_list("pk", "name", "code")]


def _governed() -> QuerySet[Organisation]:
    return Organisation.objects.on(clock.today()).filter(kind__in=GOVERNED)


def _place(one: ListedRow) -> tuple[int, int, int, str]:
    kinds, classes, row = list(RULES[one.row.rule].kinds), list(BodyClass), one.row
    kind = kinds.index(row.kind) if row.kind in kinds else len(kinds)
    return (
        kind,
        list(Level).index(row.level),
        classes.index(row.body_class) if row.body_class else 0,
        one.organisation,
    )
