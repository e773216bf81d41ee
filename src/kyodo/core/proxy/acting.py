"""Makes the actor who enters for a body: both names in the record, the reach of that body, and nothing beyond it."""

from __future__ import annotations

from dataclasses import replace

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.core.proxy.permissions import Permission
from kyodo.core.proxy.rules import label_for

# Companies and groups speak for themselves, and the DX body's own people are those who enter.
NOT_ENTERED_FOR = (Kind.COMPANY, Kind.GROUP, Kind.DX_BODY)


def bodies(actor: Actor) -> list[tuple[int, str]]:
    """The bodies for which the actor may enter, by code."""
    if not actor.may(Permission.ENTER):
        return []
    there = Organisation.objects.on(clock.today()).exclude(kind__in=NOT_ENTERED_FOR)
    return list(there.exclude(pk=actor.organisation_id or 0).order_by("code", "id").values_list("id", "name"))


def acting_for(actor: Actor, organisation_id: int) -> Actor | None:
    """The actor entering for a body; None where they may not, or where there is no such body (any more)."""
    name = dict(bodies(actor)).get(organisation_id)
    if name is None:
        return None
    return replace(
        actor,
        label=label_for(name, actor.label),
        organisation_id=organisation_id,
        organisation_name=name,
        on_behalf_of=organisation_id,
        office_id=actor.organisation_id,
    )
