"""Writes what came back on a sheet of needs: many rows at once, inside the action that applies the return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from kyodo.core.access.actor import Actor
from kyodo.core.search import documents
from kyodo.core.sheets.compare import Change, ReadRow
from kyodo.core.sheets.declaration import Value
from kyodo.core.sheets.sources import RowsMoved
from kyodo.modules.needs import queries
from kyodo.modules.needs.models import Need, NeedFollow
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import KIND, OPEN, Audience, NeedDraft, Standing, State, Topic

BATCH = 500
TEXTS = {"title", "trouble", "audience"}  # what the search reads


def write(*, changes: Sequence[Change], new: Sequence[ReadRow], by: Actor, at: datetime) -> list[int]:
    """Write all of it; RowsMoved where a need changed, ended or appeared since it was compared."""
    held = queries.held_by(by, Permission.SHEET).filter(state__in=OPEN, merged_into=None).select_for_update()
    needs = held.in_bulk([change.id for change in changes])
    for change in changes:
        need = needs.get(change.id)
        if need is None or need.revision != change.revision:
            raise RowsMoved(change.id)
        for field, (_before, after) in change.fields.items():
            setattr(need, field, _stored(field, after))
        need.revision += 1
    fields = sorted({field for change in changes for field in change.fields})
    if fields:
        Need.objects.bulk_update(needs.values(), [*fields, "revision"], batch_size=BATCH)
    if new and twins(by, [str(row.values.get("title")) for row in new]):
        raise RowsMoved
    made = Need.objects.bulk_create([_need(row.values, by=by, at=at) for row in new], batch_size=BATCH)
    if by.user_id is not None:
        NeedFollow.objects.bulk_create([NeedFollow(need=need, user_id=by.user_id) for need in made])
    for number in [*(need.pk for need in made), *(change.id for change in changes if TEXTS & change.fields.keys())]:
        documents.refresh(KIND, number)
    return [need.pk for need in made]


def twins(actor: Actor, titles: Sequence[str]) -> set[str]:
    """Those of the titles under which the actor's body has an open need already."""
    own = Need.objects.filter(
        organisation_id=actor.organisation_id or 0, state__in=OPEN, merged_into=None, title__in=titles
    )
    return set(own.values_list("title", flat=True))


def draft_of_row(values: Mapping[str, Value]) -> NeedDraft:
    """A new row as a draft, with the careful choice made where nothing is said: only coordinators see it."""
    told: dict[str, Any] = dict(values)
    return NeedDraft(
        title=str(told.get("title") or ""),
        trouble=str(told.get("trouble") or ""),
        topic=Topic(told.get("topic") or Topic.OTHER),
        audience=Audience(told.get("audience") or Audience.COORDINATORS),
        standing=Standing.OFFICER,
        people=told.get("people"),
        hours_per_year=told.get("hours_per_year"),
        yen_per_year=told.get("yen_per_year"),
        wish_on=_stored("wish_on", told.get("wish_on")),
    )


def _need(values: Mapping[str, Value], *, by: Actor, at: datetime) -> Need:
    assert by.organisation_id is not None, "only members of a body write new needs"
    draft = draft_of_row(values)
    return Need(
        **{name: getattr(draft, name) for name in NeedDraft.__dataclass_fields__},
        organisation_id=by.organisation_id,
        section=queries.section_of(by),
        posted_by_id=by.user_id,
        posted_at=at,
        submission=uuid4(),
        state=State.RECEIVED,
        state_since=at,
    )


def _stored(field: str, value: Value) -> Any:
    return date.fromisoformat(str(value)) if field == "wish_on" and value else value
