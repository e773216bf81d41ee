"""What is done to organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.entrances.models import Entrance
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.core.organisations.rules import problem_of_code, short_name
from kyodo.engines.words import _


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """An organisation as it is handed in."""

    kind: Kind
    name: str
    code: str | None = None
    kana: str = ""
    latitude: float | None = None
    longitude: float | None = None
    tile: tuple[int, int, bool] | None = None


class OrganisationRefused(Exception):
    """The organisation can't be made as asked; the reason is a text to translate."""


@action("organisations.added", _("{who}が団体 {subject} を登録しました。"))
def add_organisation(*, draft: OrganisationDraft, by: Actor, at: datetime) -> Organisation:
    """Add an organisation to the region."""
    if draft.code is not None and (problem := problem_of_code(draft.code)):
        raise OrganisationRefused(problem)
    column, row, apart = draft.tile or (None, None, False)
    organisation = Organisation.objects.create(
        kind=draft.kind,
        code=draft.code,
        name=draft.name,
        kana=draft.kana,
        label=short_name(draft.name),
        latitude=draft.latitude,
        longitude=draft.longitude,
        tile_column=column,
        tile_row=row,
        tile_apart=apart,
    )
    record(
        kind="organisations.organisation",
        subject=organisation.pk,
        label=draft.name,
        organisation=organisation.pk,
        changed={"name": (None, draft.name), "code": (None, draft.code), "kind": (None, draft.kind)},
    )
    return organisation


@action("organisations.homes_set", _("{who}が団体の入口を決めました（{subject}）。"))
def set_homes(*, homes: Mapping[int, int | None], by: Actor, at: datetime) -> None:
    """Say by which entrance bodies come in: organisation → entrance, None for the address of the settings."""
    named = dict(Entrance.objects.values_list("id", "name"))
    bodies = list(Organisation.objects.filter(pk__in=homes).select_related("home_entrance"))
    before = {body.name: body.home_entrance.name if body.home_entrance else None for body in bodies}
    for body in bodies:
        body.home_entrance_id = homes[body.pk]
    Organisation.objects.bulk_update(bodies, ["home_entrance"])
    after = {body.name: named.get(homes[body.pk] or 0) for body in bodies}
    record(
        kind="organisations.organisation",
        subject=None,
        label=", ".join(sorted({name or "-" for name in after.values()})),
        organisation=None,
        changed={"home_entrance": (before, after)},
    )
