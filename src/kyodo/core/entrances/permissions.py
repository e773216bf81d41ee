"""Who looks after the entrances, in words."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with entrances."""

    SET_UP = "entrances.set_up"
    TRY = "entrances.try"


GRANTS: Grants = {
    # The operator says which host name is which entrance, and who goes in by it.
    Permission.SET_UP: {Role.OPERATOR: Reach.REGION},
    # The operator looks how a request arrives, also from the internet.
    Permission.TRY: {Role.OPERATOR: Reach.REGION},
}

# Who goes in where is said from inside.
INSIDE: frozenset[StrEnum] = frozenset({Permission.SET_UP})
