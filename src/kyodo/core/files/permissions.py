"""Everybody may ask for a file; whether they get it says what the file belongs to."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What files let people do."""

    FETCH = "files.fetch"


GRANTS: Grants = {Permission.FETCH: dict.fromkeys(Role, Reach.REGION)}
