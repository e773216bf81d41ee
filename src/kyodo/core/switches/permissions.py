"""Who decides which functions a region uses."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with switches."""

    SWITCH = "switches.switch"


GRANTS: Grants = {Permission.SWITCH: {Role.OPERATOR: Reach.REGION}}
