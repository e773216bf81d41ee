"""Who reads the rules, and who writes rows."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with rows of law."""

    READ = "statutes.read"
    KEEP = "statutes.keep"
    SHARE = "statutes.share"


GRANTS: Grants = {
    # Laws and ordinances are public; who works in the region reads them with what the region knows of them.
    Permission.READ: {role: Reach.REGION for role in Role if role is not Role.RESIDENT},
    # A body's head of section or administrator keeps its own ordinances' rows; coordinators those of all.
    Permission.KEEP: {Role.APPROVER: Reach.OWN, Role.ADMINISTRATOR: Reach.OWN, Role.COORDINATOR: Reach.REGION},
    # Rows that hold for many bodies: coordinators, who say why.
    Permission.SHARE: {Role.COORDINATOR: Reach.REGION},
}
