"""Situations of transfers: a list of the village, or of the town, with one who leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.mergers import actions as mergers
from kyodo.core.mergers.models import Merger
from kyodo.core.mergers.rules import Draft
from kyodo.core.organisations.models import Organisation
from kyodo.core.transfers import actions
from kyodo.core.transfers.models import Transfer, TransferLine
from kyodo.core.transfers.rules import Line, Move
from tests.region import Person, Region


def drafted(region: Region, body: Organisation, person: Person, days: int = 30) -> Transfer:
    """A draft by which somebody leaves."""
    key = actions.draft(
        organisation=body,
        day=clock.today() + timedelta(days=days),
        remark="",
        lines=[Line(person.user.username, Move.LEAVES)],
        by=region.operator.actor,
        at=clock.now(),
    )
    return Transfer.objects.select_related("organisation").get(pk=key)


def planned(region: Region, days: int = 30) -> Transfer:
    """The village's officer leaves, as planned; another list of that day is given up for it."""
    for other in Transfer.objects.filter(organisation=region.village, state="planned"):
        actions.cancel(transfer=other, by=region.operator.actor, at=clock.now())
    transfer = drafted(region, region.village, region.villager, days)
    actions.plan(transfer=transfer, revision=transfer.revision, by=region.operator.actor, at=clock.now())
    return transfer


def arguments(region: Region, door: str, kind: str) -> dict[str, Any]:
    """What the address of a door needs: a list of one's own body, or of another."""
    body, person = (region.village, region.villager) if kind == "own" else (region.town, region.townsman)
    if door in {"transfers:new", "transfers:sheet"}:
        return {"organisation_id": body.pk}
    if door == "transfers:hand_over":
        return {"line_id": TransferLine.objects.get(transfer=planned(region)).pk}
    transfer = drafted(region, body, person)
    return {"transfer_id": transfer.pk} | ({"to": "cancel"} if door == "transfers:move" else {})


def administrator(region: Region) -> Person:
    """Who looks after the village's people."""
    return region.of_role(Role.ADMINISTRATOR)


def merger(region: Region, days: int = 30) -> Merger:
    """The village joins the town; what was planned before is given up for it."""
    for other in Merger.objects.filter(state="planned"):
        mergers.cancel(merger=other, by=region.operator.actor, at=clock.now())
    draft = Draft(clock.today() + timedelta(days=days), (region.village.pk,), region.town.pk)
    return Merger.objects.get(pk=mergers.plan(draft=draft, by=region.operator.actor, at=clock.now()))
