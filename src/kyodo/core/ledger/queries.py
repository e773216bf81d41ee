"""Reads of the record: entries as sentences, and one entry with what it changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.audit.models import Entry
from kyodo.core.ledger.permissions import Permission
from kyodo.core.organisations.queries import names

FIELDS = (
    "sequence",
    "at",
    "action",
    "subject_kind",
    "subject_id",
    "organisation_id",
    "digest",
    "values_row__values",
)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as a list shows it; `who` and `subject` are None where they were disposed of."""

    sequence: int
    at: datetime
    action: str
    kind: str
    subject_id: int | None
    organisation: str
    who: str | None
    subject: str | None
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field of an entry: what it was and what it became; `is_erased` where the value was disposed of."""

    field: str
    old: Any
    new: Any
    is_erased: bool


@dataclass(frozen=True, slots=True)
class EntryStory:
    """One entry, whole."""

    row: EntryRow
    changes: tuple[Change, ...]
    entrance: str
    previous: str
    text: str


def visible_to(actor: Actor) -> QuerySet[Entry]:
    """The entries that an actor may read."""
    return held(Entry.objects.all(), actor=actor, permission=Permission.READ)


def rows(found: Iterable[tuple[Any, ...]]) -> list[EntryRow]:
    """Frozen rows of `.values_list(*FIELDS)`."""
    known = names()
    made = []
    for sequence, at, action, kind, subject_id, organisation_id, digest, text in found:
        values = json.loads(text) if text else {}
        made.append(
            EntryRow(
                sequence=sequence,
                at=at,
                action=action,
                kind=kind,
                subject_id=subject_id,
                organisation=known.get(organisation_id, "") if organisation_id else "",
                who=_new(values, "who"),
                subject=_new(values, "subject"),
                reason=_new(values, "reason") or "",
                digest=digest,
            )
        )
    return made


def story(sequence: int, *, actor: Actor) -> EntryStory | None:
    """One entry with all that it changed; None where the actor may not read it."""
    found = visible_to(actor).filter(sequence=sequence).values_list(*FIELDS, "text").first()
    if found is None:
        return None
    *fields, text = found
    (row,) = rows([tuple(fields)])
    content = json.loads(text)
    kept = json.loads(fields[-1]) if fields[-1] else {}
    changes = tuple(
        Change(name, kept.get(name, {}).get("old"), kept.get(name, {}).get("new"), name not in kept)
        for name in sorted(content["fields"], key=lambda name: (name in {"who", "subject"}, name))
    )
    return EntryStory(row, changes, content["actor"]["entrance"], content["previous"], text)


def count_for(kind: str, subject: int) -> int:
    """How many entries there are about a subject."""
    return Entry.objects.filter(subject_kind=kind, subject_id=subject).count()


def _new(values: dict[str, Any], name: str) -> str | None:
    value = values.get(name, {}).get("new")
    return None if value is None else str(value)
