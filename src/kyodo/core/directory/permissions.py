"""Who reads the directory, who keeps it, who invites."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.permissions import EVERYBODY
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with the directory."""

    READ = "directory.read"
    SEE_STATE = "directory.see_state"
    KEEP = "directory.keep"
    INVITE = "directory.invite"
    COME_IN = "directory.come_in"


GRANTS: Grants = {
    # The region's shared directory: everybody who works in it finds whom to call in any body.
    Permission.READ: {role: Reach.REGION for role in Role if role is not Role.RESIDENT},
    # Who of a body can sign in: for those who look after the region, and the body's own administrator.
    Permission.SEE_STATE: {
        Role.COORDINATOR: Reach.REGION,
        Role.AUDITOR: Reach.REGION,
        Role.OPERATOR: Reach.REGION,
        Role.ADMINISTRATOR: Reach.OWN,
    },
    # A body's administrator keeps its own lines; coordinators and operators those of all.
    Permission.KEEP: {Role.COORDINATOR: Reach.REGION, Role.OPERATOR: Reach.REGION, Role.ADMINISTRATOR: Reach.OWN},
    # Those who make accounts invite their people.
    Permission.INVITE: {Role.OPERATOR: Reach.REGION, Role.ADMINISTRATOR: Reach.OWN},
    # Whoever has an invitation comes in by it, without being signed in.
    Permission.COME_IN: EVERYBODY,
}
