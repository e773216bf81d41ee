"""Situations of retention: a need whose time is over, and the list it stands on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kyodo.core import clock
from kyodo.core.retention import actions
from kyodo.core.retention.kinds import KINDS
from kyodo.core.retention.models import Disposal
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, State
from tests.region import Region

NEED = "needs.need"


def old_need(region: Region, title: str = "昔の窓口の待ち時間の相談") -> Need:
    """A need that was declined eight years ago."""
    return region.need(
        title=title,
        audience=Audience.ALL,
        state=State.DECLINED,
        at=clock.now() - timedelta(days=8 * 366),
        backed_by=(region.townsman,),
    )


def listed(region: Region) -> Disposal:
    """A list with what is over, made by the operator; one that waited before is refused."""
    if not KINDS[NEED].over(clock.today() - timedelta(days=7 * 366), 1):  # type: ignore[misc]
        old_need(region)
    for other in Disposal.objects.filter(state="proposed"):
        actions.reject(disposal=other, reason="", by=region.coordinator.actor, at=clock.now())
    key = actions.propose(kind=KINDS[NEED], by=region.operator.actor, at=clock.now())
    return Disposal.objects.get(pk=key)


def arguments(region: Region, door: str) -> dict[str, Any]:
    """What the address of a door needs."""
    return {"disposal_id": listed(region).pk} if door == "retention:disposal" else {"kind": NEED}
