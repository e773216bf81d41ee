"""Finds the matter of an address, or answers that there is none."""

from __future__ import annotations

from django.http import Http404

from kyodo.core.access.doors import ActorRequest
from kyodo.core.decisions import queries
from kyodo.core.decisions.matters import Matter
from kyodo.core.decisions.permissions import Permission


def seen(request: ActorRequest, kind: str, subject_id: int) -> Matter:
    """A matter that whoever asks may see."""
    matter = queries.matter_seen_by(request.actor, kind, subject_id)
    if matter is None:
        raise Http404
    return matter


def held(request: ActorRequest, kind: str, subject_id: int, permission: Permission) -> Matter:
    """A matter that whoever asks may write to."""
    matter = queries.matter_held_by(request.actor, kind, subject_id, permission=permission)
    if matter is None:
        raise Http404
    return matter
