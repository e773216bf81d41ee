"""Makes all bodies of a region at once, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.duties.actions import create_duty
from kyodo.core.organisations.actions import OrganisationDraft, add_organisation
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.core.regions.rules import PREFECTURE, PlannedBody
from kyodo.engines.words import _

if TYPE_CHECKING:
    from kyodo.engines.tilemap import Cell


class AlreadyThere(Exception):
    """Bodies of the list are registered; `names` are theirs."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def tiles_of(bodies: Sequence[PlannedBody]) -> dict[str, Cell]:
    """Where each municipality's tile stands, by its code. Takes seconds for hundreds: before the transaction."""
    from kyodo.engines import tilemap  # with scipy, which web processes never load

    places = [
        tilemap.Place(body.code, body.lat, body.lng)
        for body in bodies
        if body.kind != PREFECTURE and body.lat is not None and body.lng is not None
    ]
    return tilemap.lay_out(places).cells if places else {}


@action("regions.created", _("{who}が地域 {subject} を作りました。"))
def create_region(
    *, bodies: Sequence[PlannedBody], tiles: Mapping[str, Cell], dx_body: str, by: Actor, at: datetime
) -> list[Organisation]:
    """Add the bodies, their sections, and the body that runs the shared work (named `dx_body`; "" where it is there).

    Each leaves its own entry in the record. Raises AlreadyThere where a code, or that name, is registered.
    """
    codes = [body.code for body in bodies]
    there = list(Organisation.objects.filter(code__in=codes).values_list("name", flat=True))
    there += Organisation.objects.filter(kind=Kind.DX_BODY, name=dx_body).values_list("name", flat=True)
    if there:
        raise AlreadyThere(there)
    made = []
    if dx_body:
        made.append(add_organisation(draft=OrganisationDraft(kind=Kind.DX_BODY, name=dx_body), by=by, at=at))
    for body in bodies:
        cell = tiles.get(body.code)
        draft = OrganisationDraft(
            kind=Kind(body.kind),
            name=body.name,
            code=body.code,
            kana=body.kana,
            latitude=body.lat,
            longitude=body.lng,
            tile=(cell.column, cell.row, cell.apart) if cell else None,
        )
        organisation = add_organisation(draft=draft, by=by, at=at)
        for section in body.sections:
            create_duty(organisation=organisation, name=section, by=by, at=at)
        made.append(organisation)
    record(
        kind="regions.region",
        subject=None,
        label=dx_body or made[0].name,
        organisation=made[0].pk,
        changed={"codes": (None, codes)},
    )
    return made
