"""What everybody may do whatever the module: come in, look, choose a language."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access import grants
from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role

EVERYBODY: dict[Role, Reach] = dict.fromkeys(Role, Reach.REGION)
SIGNED_IN = grants.SIGNED_IN


class Permission(StrEnum):
    """What core opens to everybody."""

    LOOK = "core.look"


GRANTS: Grants = {Permission.LOOK: EVERYBODY}

# Pages of core/ui, which knows nothing of access, by the names of their addresses.
OTHERS: dict[str, StrEnum] = dict.fromkeys(("language", "style"), Permission.LOOK)
