"""Who writes in threads. What they may read and write about is decided by the subject (core/threads/subjects)."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done in threads."""

    READ = "threads.read"
    WRITE = "threads.write"
    NOTES = "threads.notes"


GRANTS: Grants = {
    # Whoever reads a subject reads what was written about it, and what that said before.
    Permission.READ: dict.fromkeys((Role.OFFICER, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR), Reach.REGION),
    # Bodies and coordinators write; they change only what they wrote themselves.
    Permission.WRITE: dict.fromkeys((Role.OFFICER, Role.APPROVER, Role.COORDINATOR), Reach.REGION),
    # Coordinators write notes that they alone read: on the page, in files, in notices.
    Permission.NOTES: {Role.COORDINATOR: Reach.REGION},
}

# What coordinators write to one another does not leave the closed network.
INSIDE: frozenset[StrEnum] = frozenset({Permission.NOTES})
