"""Who plans mergers."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with mergers."""

    PLAN = "mergers.plan"


# The bodies of the region are the operator's to keep; the coordinators of a merger's talks tell them.
GRANTS: Grants = {Permission.PLAN: {Role.OPERATOR: Reach.REGION}}

# What becomes of bodies is decided inside.
INSIDE: frozenset[StrEnum] = frozenset({Permission.PLAN})
