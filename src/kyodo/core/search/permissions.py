"""Everybody may search; what is found is narrowed by the modules' own permissions."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with the search."""

    SEARCH = "search.search"


GRANTS: Grants = {Permission.SEARCH: dict.fromkeys(Role, Reach.REGION)}
