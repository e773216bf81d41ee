"""Who may read the record: auditors all of it, everybody in a body what concerns the own body."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with the record."""

    READ = "ledger.read"
    EXPORT = "ledger.export"


GRANTS: Grants = {
    Permission.READ: {
        Role.OFFICER: Reach.OWN,
        Role.APPROVER: Reach.OWN,
        Role.COORDINATOR: Reach.OWN,
        Role.AUDITOR: Reach.REGION,
    },
    # The whole chain with its values, and its proof.
    Permission.EXPORT: {Role.AUDITOR: Reach.REGION},
}

# The record names who did what at which hour, of all bodies: not for the internet.
INSIDE: frozenset[StrEnum] = frozenset(Permission)
