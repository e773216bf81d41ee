"""Everybody who is signed in has notices of their own, and nobody those of others."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with notices."""

    OWN = "notifications.own"
    INTERNAL = "notifications.internal"


EVERYBODY: dict[Role, Reach] = {role: Reach.OWN for role in Role if role is not Role.RESIDENT}

GRANTS: Grants = {
    Permission.OWN: EVERYBODY,
    # Those of one's notices that are about internal matters.
    Permission.INTERNAL: EVERYBODY,
}

# What is internal is read inside.
INSIDE: frozenset[StrEnum] = frozenset({Permission.INTERNAL})
