"""What a return's page shows: columns and values in words, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from kyodo.core.access.actor import Actor
from kyodo.core.sheets import outcome, sources
from kyodo.core.sheets.compare import CellFault
from kyodo.core.sheets.declaration import Kind, Sheet, SheetColumn, Value
from kyodo.core.sheets.queries import ReturnRow


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault as people read it."""

    sheet: str
    cell: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One cell that changes. `key` names it in the form of conflicts; `now` is what stands there at present."""

    id: int | None
    title: str
    column: str
    before: str
    now: str
    after: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """All that a return's page shows."""

    changes: list[ChangeLine]
    conflicts: list[ChangeLine]
    new: list[list[ChangeLine]]
    unchanged: int
    faults: list[FaultLine]
    more_faults: int


def preview(row: ReturnRow, *, actor: Actor) -> Preview:
    """The return in words."""
    told = outcome.read(row.outcome)
    sheet = sources.find(row.sheet).sheet if row.sheet else None
    columns = {column.key: column for column in sheet.columns} if sheet else {}
    ids = sorted({one.id for one in told.changes} | {one.id for one in told.conflicts})
    titles: Mapping[int, str] = sources.find(row.sheet).labels(actor, ids) if row.sheet and ids else {}

    def line(key: int, field: str, before: Value, now: Value, after: Value) -> ChangeLine:
        column = columns[field]
        return ChangeLine(
            key,
            titles.get(key, ""),
            str(column.label),
            in_words(column, before),
            in_words(column, now),
            in_words(column, after),
            f"{key}.{field}",
        )

    return Preview(
        changes=[
            line(one.id, field, before, before, after)
            for one in told.changes
            for field, (before, after) in one.fields.items()
        ],
        conflicts=[line(one.id, one.field, one.issued, one.now, one.sheet) for one in told.conflicts],
        new=[_new(sheet, one.values) for one in told.new] if sheet else [],
        unchanged=told.unchanged,
        faults=[fault_line(one) for one in told.faults],
        more_faults=max(0, int(row.outcome["fault_count"]) - len(told.faults)),
    )


def fault_line(fault: CellFault) -> FaultLine:
    """A fault in the reader's language."""
    return FaultLine(fault.sheet, fault.cell, gettext(fault.text).format(**fault.facts))


def in_words(column: SheetColumn, value: Value) -> str:
    """A value as people read it; a dash for nothing."""
    if value is None or value == "":
        return "—"
    if column.kind is Kind.CHOICE:
        return str(column.choices.get(str(value), value))
    if column.kind is Kind.DAY:
        return f"{date.fromisoformat(str(value)):%Y/%m/%d}"
    return f"{value:,}" if isinstance(value, int) else value


def _new(sheet: Sheet, values: Mapping[str, Value]) -> list[ChangeLine]:
    return [
        ChangeLine(None, "", str(column.label), "", "", in_words(column, values[column.key]))
        for column in sheet.columns
        if values.get(column.key) not in (None, "")
    ]
