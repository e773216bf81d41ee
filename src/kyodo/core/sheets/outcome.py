"""A `Returned` as it is kept with the return (JSON), so that the confirmation applies what was previewed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kyodo.core.sheets import rules
from kyodo.core.sheets.compare import CellFault, Change, Conflict, ReadRow, Returned


def kept(returned: Returned) -> dict[str, Any]:
    """JSON values; of the faults the first 200, and how many there are."""
    return {
        "changes": [
            [one.id, one.revision, {key: list(pair) for key, pair in one.fields.items()}] for one in returned.changes
        ],
        "conflicts": [[one.id, one.revision, one.field, one.issued, one.now, one.sheet] for one in returned.conflicts],
        "new": [[one.place, dict(one.values), dict(one.cells)] for one in returned.new],
        "unchanged": returned.unchanged,
        "fault_count": len(returned.faults),
        "faults": [[one.sheet, one.cell, one.text, dict(one.facts)] for one in returned.faults[: rules.MOST_FAULTS]],
    }


def read(stored: Mapping[str, Any]) -> Returned:
    """What was kept."""
    return Returned(
        changes=tuple(
            Change(key, revision, {name: (pair[0], pair[1]) for name, pair in fields.items()})
            for key, revision, fields in stored["changes"]
        ),
        conflicts=tuple(Conflict(*values) for values in stored["conflicts"]),
        new=tuple(ReadRow(None, place, values, cells) for place, values, cells in stored["new"]),
        unchanged=stored["unchanged"],
        faults=tuple(CellFault(*values) for values in stored["faults"]),
    )


def resolved(returned: Returned, taken: set[tuple[int, str]]) -> list[Change]:
    """The changes, with those conflicts added whose sheet side was taken."""
    fields: dict[int, dict[str, Any]] = {one.id: dict(one.fields) for one in returned.changes}
    revisions = {one.id: one.revision for one in returned.changes}
    revisions |= {one.id: one.revision for one in returned.conflicts}
    for conflict in returned.conflicts:
        if (conflict.id, conflict.field) in taken:
            fields.setdefault(conflict.id, {})[conflict.field] = (conflict.now, conflict.sheet)
    return [Change(key, revisions[key], told) for key, told in fields.items() if told]
