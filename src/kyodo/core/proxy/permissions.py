"""Who enters for a body, who answers, who reads; what may be entered so is said by each part (`register_by_proxy`)."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with entries by proxy."""

    READ = "proxy.read"
    ENTER = "proxy.enter"
    ANSWER = "proxy.answer"


BODY = {Role.OFFICER: Reach.OWN, Role.APPROVER: Reach.OWN}

GRANTS: Grants = {
    # Bodies read what was entered for them; coordinators and auditors all of it.
    Permission.READ: {**BODY, Role.COORDINATOR: Reach.REGION, Role.AUDITOR: Reach.REGION},
    # Coordinators enter for any body, and note what it answers on paper.
    Permission.ENTER: {Role.COORDINATOR: Reach.REGION},
    # Officers and approvers confirm what was entered for their body, or say that it is wrong.
    Permission.ANSWER: BODY,
}
