"""Everybody who is signed in keeps filters of their own, and sees nobody else's."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with saved filters."""

    SAVE = "lists.save"


GRANTS: Grants = {Permission.SAVE: {role: Reach.OWN for role in Role if role is not Role.RESIDENT}}
