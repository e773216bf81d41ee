"""Who prepares, approves and records decisions, in words."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with decisions."""

    READ = "decisions.read"
    RECORD = "decisions.record"
    APPROVE = "decisions.approve"
    SET_UP = "decisions.set_up"


GRANTS: Grants = {
    # The people of a body read its decisions; auditors those of all bodies.
    Permission.READ: {
        Role.OFFICER: Reach.OWN,
        Role.APPROVER: Reach.OWN,
        Role.COORDINATOR: Reach.OWN,
        Role.AUDITOR: Reach.REGION,
    },
    # They print the paper, ask for approval and record the decision; coordinators for every body whose matter they see.
    Permission.RECORD: {Role.OFFICER: Reach.OWN, Role.APPROVER: Reach.OWN, Role.COORDINATOR: Reach.REGION},
    # Approvers approve in their own body, where they hold the level or stand in for it.
    Permission.APPROVE: {Role.APPROVER: Reach.OWN},
    # They and the body's administrator decide how it approves; the operator can mend it when none of them is left.
    Permission.SET_UP: {Role.APPROVER: Reach.OWN, Role.ADMINISTRATOR: Reach.OWN, Role.OPERATOR: Reach.REGION},
}
