"""Finds the case that a coordinator's page writes to."""

from __future__ import annotations

from collections.abc import Iterable

from django.shortcuts import get_object_or_404

from kyodo.core.access.doors import ActorRequest
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries.cases import HeldCase, held_by
from kyodo.modules.procurement.rules.case import OPEN, CaseState


def read_revision(request: ActorRequest) -> int:
    """The revision of the case that was read, as a page sends it back; 0, which is none, for anything else."""
    told = request.POST.get("revision", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0


def run_by(request: ActorRequest, case_id: int, *, states: Iterable[CaseState] = OPEN) -> HeldCase:
    """The case, where the actor runs it and it is in one of the states; else 404."""
    found: HeldCase = get_object_or_404(held_by(request.actor, Permission.RUN), pk=case_id, state__in=states)
    return found
