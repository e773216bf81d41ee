"""Who knocks: makes the actor of a request, a person or a token, from what is in force today."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest

from kyodo.core import clock
from kyodo.core.access import grants
from kyodo.core.access.actor import Actor, ActorKind, Scope, resident
from kyodo.core.access.roles import Role
from kyodo.core.entrances.models import DEFAULT
from kyodo.core.entrances.queries import EntranceRow, of_host, table

ORGANISATION_KEY = "organisation"
ENTRANCE_KEY = "entrance"

# Asked with every request, so written out: building these two queries anew each time took longer than answering them.
# Plain SQL that both databases read alike.
IN_FORCE = """
    SELECT m.organisation_id, o.name, m.role, d.id, d.name
    FROM accounts_membership m
    JOIN organisations_organisation o ON o.id = m.organisation_id
    LEFT JOIN duties_dutyholding h
      ON h.user_id = m.user_id AND h.valid_from <= %s AND (h.valid_until IS NULL OR h.valid_until >= %s)
    LEFT JOIN duties_duty d ON d.id = h.duty_id AND d.organisation_id = m.organisation_id
    WHERE m.user_id = %s AND m.valid_from <= %s AND (m.valid_until IS NULL OR m.valid_until >= %s)
    ORDER BY m.organisation_id, h.valid_from, h.id
"""
BEARER = """
    SELECT t.user_id, u.display_name, t.organisation_id, t.may_write
    FROM accounts_apitoken t JOIN accounts_user u ON u.id = t.user_id
    WHERE t.digest = %s AND t.revoked_at IS NULL AND t.expires_at > %s AND u.is_active
"""


def entrance_of(request: HttpRequest) -> EntranceRow:
    """The entrance that a request came through."""
    return of_host(request.get_host())


def user_here(request: HttpRequest, user: Any) -> Any:
    """The user of the session, if it was made at this entrance: a cookie carried to another is worth nothing."""
    if not user.is_authenticated:
        return user
    made_at = request.session.get(ENTRANCE_KEY, DEFAULT)
    return user if made_at == entrance_of(request).slug else AnonymousUser()


def actor_of(request: HttpRequest, *, user: Any = None) -> Actor:
    """The actor of a page's request: the person of the session (or `user`, just signing in or out), or a resident."""
    entrance = entrance_of(request)
    somebody: Any = user or request.user
    if not somebody.is_authenticated:
        return resident(entrance=entrance.slug, is_outside=entrance.is_outside)
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
    entrance: EntranceRow,
    at: datetime,
    organisation_id: int | None = None,
    scopes: frozenset[Scope] | None = None,
) -> Actor:
    """The actor of a signed-in person: the roles of one organisation, the first one where none is chosen.

    Roles that the entrance does not let in are not theirs here.
    """
    day = clock.day_of(at).isoformat()
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [day, day, user_id, day, day])
        rows = [row for row in cursor.fetchall() if organisation_id in {None, row[0]} and row[2] in entrance.roles]
    if not rows:
        return Actor(
            kind=ActorKind.PERSON,
            label=name,
            user_id=user_id,
            entrance=entrance.slug,
            scopes=scopes,
            is_outside=entrance.is_outside,
        )
    home, home_name = rows[0][:2]
    here = [row for row in rows if row[0] == home]
    duty_id, duty = next(((row[3], row[4]) for row in reversed(here) if row[3] is not None), (None, name))
    return Actor(
        kind=ActorKind.PERSON,
        label=f"{home_name} {duty}",
        roles=frozenset({Role.RESIDENT, *(Role(row[2]) for row in here)}),
        user_id=user_id,
        organisation_id=home,
        organisation_name=home_name,
        duty_id=duty_id,
        entrance=entrance.slug,
        scopes=scopes,
        is_outside=entrance.is_outside,
    )


def opened_elsewhere(actor: Actor, permission: StrEnum, *, at: datetime) -> list[EntranceRow]:
    """The entrances at which the person's roles would open what stays shut here, whichever body they are held in."""
    if actor.user_id is None or not table():
        return []
    day = clock.day_of(at).isoformat()
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [day, day, actor.user_id, day, day])
        roles = frozenset({Role.RESIDENT, *(Role(row[2]) for row in cursor.fetchall())})
    return [
        entrance
        for entrance in table().values()
        if entrance.slug != actor.entrance
        and not (entrance.is_outside and grants.is_inside(permission))
        and grants.reach(roles & entrance.roles, permission) is not None
    ]


def digest_of(secret: str) -> str:
    """What is kept of a token: its SHA-256. The token has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer(secret: str, *, entrance: EntranceRow, at: datetime) -> Actor | None:
    """The actor of a token; None if it is unknown, expired, revoked, or its person is no longer active."""
    with connection.cursor() as cursor:
        cursor.execute(BEARER, [digest_of(secret), connection.ops.adapt_datetimefield_value(at)])
        token = cursor.fetchone()
    if token is None:
        return None
    user_id, name, organisation_id, may_write = token
    return person(
        user_id=user_id,
        name=name,
        entrance=entrance,
        at=at,
        organisation_id=organisation_id,
        scopes=frozenset({Scope.READ, Scope.WRITE} if may_write else {Scope.READ}),
    )
