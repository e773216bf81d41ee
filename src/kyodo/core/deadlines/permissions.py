"""Everybody who is signed in has days of their own and of their body."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with deadlines."""

    OWN = "deadlines.own"


GRANTS: Grants = {Permission.OWN: {role: Reach.OWN for role in Role if role is not Role.RESIDENT}}
