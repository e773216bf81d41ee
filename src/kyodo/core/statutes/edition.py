"""The lines of the program's own table, and how they become rows."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from kyodo.core.statutes.models import Statute
from kyodo.core.statutes.rules import Level
from kyodo.core.statutes.rules.catalogue import unit_of

TABLE = Path(__file__).parent / "national.csv"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what identifies it, its fingerprint, and what it says."""

    key: str
    edition: str
    fields: Mapping[str, Any]


def lines() -> Iterator[Line]:
    """The table's lines."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        for told in csv.DictReader(file):
            key = "/".join((told["rule"], told["kind"], told["class"], told["valid_from"]))
            edition = hashlib.sha256("\0".join(told.values()).encode()).hexdigest()[:40]
            yield Line(key, edition, _fields(told))


def put(told: Sequence[Line], *, at: datetime) -> list[Statute]:
    """Make rows of lines. One that says otherwise than the row before follows it, unless the region has done so."""
    before = _last_of({line.key for line in told})
    rows = [Statute(**line.fields, key=line.key, edition=line.edition, written_at=at) for line in told]
    made = Statute.objects.bulk_create(rows)
    for row in made:
        last = before.get(row.key)
        if last is None:
            continue
        if last.edition:
            Statute.objects.filter(pk=last.pk).update(superseded_by=row)
        else:
            Statute.objects.filter(pk=row.pk).update(superseded_by=last)
    return made


def _last_of(keys: set[str]) -> dict[str, Statute]:
    """Of each key the row that stands today: the table's own, or the one by which the region corrected it."""
    found = {}
    for row in Statute.objects.filter(key__in=keys).exclude(edition="").order_by("id"):
        last = row
        while last.superseded_by is not None:
            last = last.superseded_by
        found[row.key] = last
    return found


def _fields(told: Mapping[str, str]) -> dict[str, Any]:
    return {
        "rule": told["rule"],
        "kind": told["kind"],
        "level": Level.CLASS if told["class"] else Level.NATIONAL,
        "body_class": told["class"],
        "value": Decimal(told["value"]) if told["value"] else None,
        "unit": unit_of(told["rule"], told["kind"]),
        **{name: _day(told[name]) for name in ("valid_from", "valid_until", "checked_on")},
        **{name: told[name] for name in ("article", "sure", "source", "text")},
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
