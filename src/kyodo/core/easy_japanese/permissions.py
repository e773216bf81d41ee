"""Everybody reads; the operator writes, for the pages that everybody sees."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with easy versions."""

    WRITE = "easy_japanese.write"


GRANTS: Grants = {Permission.WRITE: {Role.OPERATOR: Reach.REGION}}
