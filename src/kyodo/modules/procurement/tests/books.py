"""Books of bodies for tests: the program's table of law, with rows of a body's own where a test wants them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from kyodo.core.statutes.edition import lines
from kyodo.core.statutes.rules import BodyClass, Book, Level, Row, Sure
from kyodo.core.statutes.rules.catalogue import unit_of


@cache
def shared() -> tuple[Row, ...]:
    """The rows that hold for many."""
    return tuple(_row(number, dict(line.fields)) for number, line in enumerate(lines(), start=1))


def book(body_class: str, *own: Row, is_group: bool = False) -> Book:
    """The book of a body of a class (P, D, C, T; empty for what has none)."""
    return Book(7, BodyClass(body_class) if body_class else None, (*shared(), *own), is_group=is_group)


def own(rule: str, kind: str = "", *, value: int | None = None, **told: Any) -> Row:
    """A row of the body's own ordinance."""
    facts = {"valid_from": date(2000, 4, 1), "valid_until": None, **told}
    return Row(
        id=900,
        rule=rule,
        kind=kind,
        level=Level.BODY,
        body_class=None,
        organisation_id=7,
        value=None if value is None else Decimal(value),
        unit=unit_of(rule, kind),
        article="第3条",
        sure=Sure.SEEN,
        law="条例",
        **facts,
    )


def _row(number: int, facts: dict[str, Any]) -> Row:
    body_class = facts.pop("body_class")
    return Row(
        id=number,
        organisation_id=None,
        body_class=BodyClass(body_class) if body_class else None,
        level=Level(facts.pop("level")),
        sure=Sure(facts.pop("sure")),
        **facts,
    )
