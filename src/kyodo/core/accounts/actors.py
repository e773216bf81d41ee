"""Who knocks: makes the actor of a request, a person or a token, from what is in force today."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from kyodo.core import clock
from kyodo.core.access.actor import Actor, ActorKind, Scope, resident
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import ApiToken, Membership
from kyodo.core.duties.models import DutyHolding
from kyodo.core.entrances.queries import slug_of_host

ORGANISATION_KEY = "organisation"
ENTRANCE_KEY = "entrance"


def entrance_of(request: HttpRequest) -> str:
    """The entrance that a request came through."""
    return slug_of_host(request.get_host().partition(":")[0])


def actor_of(request: HttpRequest, *, user: Any = None) -> Actor:
    """The actor of a page's request: the person of the session (or `user`, just signing in or out), or a resident."""
    entrance = entrance_of(request)
    somebody: Any = user or request.user
    if not somebody.is_authenticated:
        return resident(entrance=entrance)
    at, chosen = clock.now(), request.session.get(ORGANISATION_KEY)
    actor = person(user_id=somebody.pk, name=somebody.display_name, entrance=entrance, at=at, organisation_id=chosen)
    if chosen is None or actor.organisation_id is not None:
        return actor
    # The role in the chosen organisation is over: act for another, where there is one.
    return person(user_id=somebody.pk, name=somebody.display_name, entrance=entrance, at=at)


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
