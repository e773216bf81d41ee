"""Narrows rows to what an actor may touch: the one way by which writes fetch what they write to."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import QuerySet

from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Reach

QuerySetT = TypeVar("QuerySetT", bound="QuerySet[Any]")


def held(rows: QuerySetT, *, actor: Actor, permission: StrEnum, owner: str = "organisation_id") -> QuerySetT:
    """Those of `rows` for whose organisation (the field `owner`) `actor` holds `permission`."""
    match actor.reach(permission):
        case Reach.REGION:
            return rows.all()
        case Reach.OWN if actor.organisation_id is not None:
            return rows.filter(**{owner: actor.organisation_id})
    return rows.none()
