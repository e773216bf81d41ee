"""What a row would change: for each body that it concerns, what decides without it and with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kyodo.core.statutes import queries
from kyodo.core.statutes.rules import Decided, Row


@dataclass(frozen=True, slots=True)
class Effect:
    """A body for which another row decides."""

    body: str
    before: Decided
    after: Decided


def effects_of(row: Row, *, today: date, instead_of: int | None = None) -> tuple[date, list[Effect]]:
    """The day that is looked at (today, or when the row begins), and the bodies for which another row decides then."""
    on = max(today, row.valid_from or today)
    bodies = {one.id: one.name for one in queries.bodies()}
    wanted = [row.organisation_id] if row.organisation_id is not None else list(bodies)
    effects = []
    for key, book in queries.books_of(wanted).items():
        before = book.rule_for(row.rule, row.kind, on=on)
        after = book.with_row(row, instead_of=instead_of).rule_for(row.rule, row.kind, on=on)
        if before.row != after.row:
            effects.append(Effect(bodies.get(key, ""), before, after))
    return on, effects
