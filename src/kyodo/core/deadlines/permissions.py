"""Everybody who is signed in has days of their own, and those who work for a body have its days."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with deadlines."""

    OWN = "deadlines.own"
    OF_BODY = "deadlines.of_body"


# Whoever does the body's work has its days too; who looks after users or audits does not see what they are about.
WORKERS = (Role.OFFICER, Role.APPROVER, Role.COORDINATOR)

GRANTS: Grants = {
    Permission.OWN: {role: Reach.OWN for role in Role if role is not Role.RESIDENT},
    Permission.OF_BODY: dict.fromkeys(WORKERS, Reach.OWN),
}
