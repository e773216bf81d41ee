"""Who plans transfers, and who reads what was handed over."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import SIGNED_IN, Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with transfers."""

    PLAN = "transfers.plan"
    OWN_HAND_OVER = "transfers.own_hand_over"


GRANTS: Grants = {
    # Administrators plan for their body, operators for those that have none.
    Permission.PLAN: {Role.ADMINISTRATOR: Reach.OWN, Role.OPERATOR: Reach.REGION},
    # Who leaves a duty and who takes it over read what goes from one to the other.
    Permission.OWN_HAND_OVER: SIGNED_IN,
}

# Who works where is decided inside.
INSIDE: frozenset[StrEnum] = frozenset({Permission.PLAN})
