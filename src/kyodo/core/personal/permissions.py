"""Everybody may take their own data; operators take somebody's away on request."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import SIGNED_IN, Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with personal data."""

    OWN = "personal.own"
    ERASE = "personal.erase"


GRANTS: Grants = {Permission.OWN: SIGNED_IN, Permission.ERASE: {Role.OPERATOR: Reach.REGION}}

# Somebody else's data is taken away inside.
INSIDE: frozenset[StrEnum] = frozenset({Permission.ERASE})
