"""Who reads the days of the bodies, and who keeps them."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.permissions import EVERYBODY
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with the days of bodies."""

    READ = "field_calendar.read"
    KEEP = "field_calendar.keep"
    FETCH = "field_calendar.fetch"


GRANTS: Grants = {
    # Everybody who works in the region plans by them.
    Permission.READ: {role: Reach.REGION for role in Role if role is not Role.RESIDENT},
    # A body's people keep its own days; coordinators those of all.
    Permission.KEEP: {
        Role.OFFICER: Reach.OWN,
        Role.APPROVER: Reach.OWN,
        Role.ADMINISTRATOR: Reach.OWN,
        Role.COORDINATOR: Reach.REGION,
    },
    # Calendar programs can't sign in: they have a secret address.
    Permission.FETCH: EVERYBODY,
}
