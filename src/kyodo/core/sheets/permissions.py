"""Those who fill sheets in and those who collect them; for which rows says the module whose sheet it is."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with sheets."""

    USE = "sheets.use"


GRANTS: Grants = {
    # Officers and approvers return the sheets of their own body; coordinators those of all. Operators and a body's
    # administrators have sheets of people and contacts, and see no others.
    Permission.USE: {
        Role.OFFICER: Reach.OWN,
        Role.APPROVER: Reach.OWN,
        Role.COORDINATOR: Reach.REGION,
        Role.OPERATOR: Reach.REGION,
        Role.ADMINISTRATOR: Reach.OWN,
    },
}
