"""Makes the actor of a person or a token, from what is in force today; and narrows rows to what an actor may touch."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor, ActorKind, Scope
from kyodo.core.access.models import ApiToken, Membership
from kyodo.core.access.roles import Reach, Role
from kyodo.core.duties.models import DutyHolding

QuerySetT = TypeVar("QuerySetT", bound="QuerySet[Any]")


def person(
    *,
    user_id: int,
    name: str,
    entrance: str,
    at: datetime,
    organisation_id: int | None = None,
    scopes: frozenset[Scope] | None = None,
) -> Actor:
    """The actor of a signed-in person: the roles of one organisation, the first in order where none is chosen."""
    day = clock.day_of(at)
    memberships = Membership.objects.on(day).filter(user_id=user_id)
    if organisation_id is not None:
        memberships = memberships.filter(organisation_id=organisation_id)
    rows = list(memberships.values_list("organisation_id", "organisation__name", "role"))
    if not rows:
        return Actor(kind=ActorKind.PERSON, label=name, user_id=user_id, entrance=entrance, scopes=scopes)
    home, home_name, _role = rows[0]
    duty = (
        DutyHolding.objects.filter(user_id=user_id, duty__organisation_id=home, valid_from__lte=day)
        .exclude(valid_until__lt=day)
        .values_list("duty_id", "duty__name")
        .last()
    )
    return Actor(
        kind=ActorKind.PERSON,
        label=f"{home_name} {duty[1] if duty else name}",
        roles=frozenset({Role.RESIDENT, *(Role(role) for organisation, _name, role in rows if organisation == home)}),
        user_id=user_id,
        organisation_id=home,
        organisation_name=home_name,
        duty_id=duty[0] if duty else None,
        entrance=entrance,
        scopes=scopes,
    )


def digest_of(secret: str) -> str:
    """What is kept of a token: its SHA-256. The token has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer(secret: str, *, entrance: str, at: datetime) -> Actor | None:
    """The actor of a token; None if it is unknown, expired, revoked, or its person is no longer active."""
    token = (
        ApiToken.objects.filter(digest=digest_of(secret), revoked_at=None, expires_at__gt=at, user__is_active=True)
        .values("user_id", "user__display_name", "organisation_id", "may_write")
        .first()
    )
    if token is None:
        return None
    return person(
        user_id=token["user_id"],
        name=token["user__display_name"],
        entrance=entrance,
        at=at,
        organisation_id=token["organisation_id"],
        scopes=frozenset({Scope.READ, Scope.WRITE} if token["may_write"] else {Scope.READ}),
    )


def held(rows: QuerySetT, *, actor: Actor, permission: StrEnum, owner: str = "organisation_id") -> QuerySetT:
    """Those of `rows` for whose organisation (the field `owner`) `actor` holds `permission`."""
    match actor.reach(permission):
        case Reach.REGION:
            return rows.all()
        case Reach.OWN if actor.organisation_id is not None:
            return rows.filter(**{owner: actor.organisation_id})
    return rows.none()
