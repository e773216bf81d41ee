"""Who leads the first day: at first whoever holds its key, then the operator."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What the first day lets people do."""

    LEAD = "first_day.lead"


GRANTS: Grants = {Permission.LEAD: {Role.OPERATOR: Reach.REGION}}
