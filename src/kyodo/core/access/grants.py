"""Which role holds which permission, collected from the `permissions.py` of each part when the program starts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kyodo.core.access.roles import Reach, Role, widest

Grants = Mapping[StrEnum, Mapping[Role, Reach]]

_held: dict[StrEnum, Mapping[Role, Reach]] = {}


def register(grants: Grants) -> None:
    """Take over the grants of one part; each permission is granted in one place only."""
    for permission, holders in grants.items():
        if permission in _held and _held[permission] != holders:
            raise ValueError(f"{permission} is granted twice")
        _held[permission] = holders


def reach(roles: frozenset[Role], permission: StrEnum) -> Reach | None:
    """How far `permission` goes for somebody with `roles`; None if it does not go at all."""
    holders = _held[permission]
    return widest([holders[role] for role in roles if role in holders])


def all_grants() -> Mapping[StrEnum, Mapping[Role, Reach]]:
    """Everything that was registered: for the page that shows who may do what."""
    return dict(_held)
