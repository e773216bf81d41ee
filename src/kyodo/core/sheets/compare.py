"""What a returned sheet changes: each cell beside what went out and what stands there now. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kyodo.core.sheets.declaration import Value
from kyodo.engines.words import _


@dataclass(frozen=True, slots=True)
class CellFault:
    """One thing that is wrong: on which sheet, in which cell ("" for the whole), a message id and its facts."""

    sheet: str
    cell: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of the returned sheet. `id` is None for a new one; `cells` says where each value stands ("C12")."""

    id: int | None
    place: str
    values: Mapping[str, Value]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stand:
    """A row at some moment: its revision and the values of the editable columns."""

    revision: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one row, if it still has this revision: field → (before, after)."""

    id: int
    revision: int
    fields: Mapping[str, tuple[Value, Value]]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that was changed on both sides since the sheet went out."""

    id: int
    revision: int
    field: str
    issued: Value
    now: Value
    sheet: Value


@dataclass(frozen=True, slots=True)
class Returned:
    """All that a returned sheet says. With faults nothing of it is applied."""

    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    new: tuple[ReadRow, ...] = ()
    unchanged: int = 0
    faults: tuple[CellFault, ...] = ()


Check = Callable[[Mapping[str, Value], bool], Sequence[tuple[str, str]]]


def compare(
    rows: Sequence[ReadRow],
    *,
    sheet: str,
    issued: Mapping[int, Stand],
    now: Mapping[int, Stand],
    takes_new: bool,
    check: Check,
) -> Returned:
    """Sort the rows of a returned sheet.

    `issued` holds the rows that went out and `now` those that the sender may still write to. `check(values, is_new)`
    names fields with a message id each. A cell as it went out changes nothing, whatever stands there now.
    """
    changes, conflicts, new, faults = [], [], [], []
    seen: set[int] = set()
    unchanged = 0
    for row in rows:
        if row.id is None:
            if not takes_new:
                faults.append(CellFault(sheet, row.place, _("番号がありません。行を足すことはできません。")))
            else:
                faults += [
                    CellFault(sheet, row.cells.get(key, row.place), text) for key, text in check(row.values, True)
                ]
                new.append(row)
            continue
        if fault := _fault_of_id(row.id, seen=seen, issued=issued, now=now):
            faults.append(CellFault(sheet, row.place, fault, {"number": row.id}))
            continue
        seen.add(row.id)
        before, stands = issued[row.id], now[row.id]
        touched = {key: value for key, value in row.values.items() if value != before.values.get(key)}
        fields = {}
        for key, value in touched.items():
            current = stands.values.get(key)
            if value == current:
                continue
            if current == before.values.get(key):
                fields[key] = (current, value)
            else:
                conflicts.append(Conflict(row.id, stands.revision, key, before.values.get(key), current, value))
        wrong = [(key, text) for key, text in check({**stands.values, **touched}, False) if key in touched]
        faults += [CellFault(sheet, row.cells.get(key, row.place), text) for key, text in wrong]
        if fields:
            changes.append(Change(row.id, stands.revision, fields))
        elif not touched:
            unchanged += 1
    return Returned(tuple(changes), tuple(conflicts), tuple(new), unchanged, tuple(faults))


def _fault_of_id(number: int, *, seen: set[int], issued: Mapping[int, Stand], now: Mapping[int, Stand]) -> str | None:
    if number not in issued:
        return _("番号{number}は、お送りした様式にない行です。ほかの団体や、ほかの様式の行は入れられません。")
    if number in seen:
        return _("番号{number}の行が2つあります。")
    if number not in now:
        return _("番号{number}は、もう書き直せません（終わったか、あなたの団体のものではなくなりました）。")
    return None
