"""Who looks after mails: what goes to whom and what became of it. What a mail says is for its reader alone."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with mails."""

    SEE = "mail.see"
    SUBJECT = "mail.subject"
    CHANGE = "mail.change"


BOTH = {Role.COORDINATOR: Reach.REGION, Role.OPERATOR: Reach.REGION}

GRANTS: Grants = {
    Permission.SEE: BOTH,
    # A subject names a need, and operators see no needs.
    Permission.SUBJECT: {Role.COORDINATOR: Reach.REGION},
    Permission.CHANGE: BOTH,
}

# Who got which mail is looked after inside.
INSIDE: frozenset[StrEnum] = frozenset(Permission)
