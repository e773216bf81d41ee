"""Who sets periods, proposes what is to go, and approves it."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done about retention."""

    SEE = "retention.see"
    PROPOSE = "retention.propose"
    APPROVE = "retention.approve"


GRANTS: Grants = {
    Permission.SEE: {
        Role.COORDINATOR: Reach.REGION,
        Role.AUDITOR: Reach.REGION,
        Role.OPERATOR: Reach.REGION,
    },
    # Operators keep the periods and make the lists; they don't read what it is about. Who does approves: a coordinator.
    Permission.PROPOSE: {Role.OPERATOR: Reach.REGION},
    Permission.APPROVE: {Role.COORDINATOR: Reach.REGION},
}
