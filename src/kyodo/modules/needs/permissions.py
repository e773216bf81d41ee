"""What the needs module lets each role do, in words: this is what the access matrix is written from."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with needs."""

    PUBLIC_READ = "needs.public_read"
    READ = "needs.read"
    POST = "needs.post"
    BACK = "needs.back"
    MOVE = "needs.move"
    SHEET = "needs.sheet"


BODY = {Role.OFFICER: Reach.OWN, Role.APPROVER: Reach.OWN}

GRANTS: Grants = {
    # Anybody reads what was solved and marked as public.
    Permission.PUBLIC_READ: dict.fromkeys(Role, Reach.REGION),
    # Officers read their own and what is shared with all bodies; coordinators and auditors read everything.
    Permission.READ: {**BODY, Role.COORDINATOR: Reach.REGION, Role.AUDITOR: Reach.REGION},
    # Officers and approvers write and change the needs of their own body.
    Permission.POST: BODY,
    # They join the needs of other bodies in the name of their own.
    Permission.BACK: BODY,
    # Coordinators move any need from state to state.
    Permission.MOVE: {Role.COORDINATOR: Reach.REGION},
    # Officers and approvers complete the needs of their own body on a sheet; coordinators send sheets to all bodies.
    Permission.SHEET: {**BODY, Role.COORDINATOR: Reach.REGION},
}
