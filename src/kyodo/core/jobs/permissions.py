"""Everybody who is signed in has jobs of their own; the operator sees that all of them run, not what they are about."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What jobs lets people do."""

    OWN = "jobs.own"
    OVERSEE = "jobs.oversee"


GRANTS: Grants = {
    Permission.OWN: {role: Reach.OWN for role in Role if role is not Role.RESIDENT},
    Permission.OVERSEE: {Role.OPERATOR: Reach.REGION},
}
