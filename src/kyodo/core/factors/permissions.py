"""Who decides on second factors. Who issues a sheet is who looks after the account (core/accounts)."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with second factors."""

    POLICY = "factors.policy"


# The operator says which roles need one, and which kinds count.
GRANTS: Grants = {Permission.POLICY: {Role.OPERATOR: Reach.REGION}}

INSIDE: frozenset[StrEnum] = frozenset(Permission)
