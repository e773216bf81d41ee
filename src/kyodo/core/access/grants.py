"""Which role holds which permission, collected from the `permissions.py` of each part when the program starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from kyodo.core.access.roles import Reach, Role, widest

Grants = Mapping[StrEnum, Mapping[Role, Reach]]

# What somebody holds by being signed in at all: a role whose days are over takes the work away, not the account.
SIGNED_IN: dict[Role, Reach] = {role: Reach.OWN for role in Role if role is not Role.RESIDENT}

_held: dict[StrEnum, Mapping[Role, Reach]] = {}
_by_proxy: set[StrEnum] = set()
_inside: set[StrEnum] = set()


def register(grants: Grants) -> None:
    """Take over the grants of one part; each permission is granted in one place only."""
    for permission, holders in grants.items():
        if permission in _held and _held[permission] != holders:
            raise ValueError(f"{permission} is granted twice")
        _held[permission] = holders


def register_by_proxy(permissions: Iterable[StrEnum]) -> None:
    """Say what may be entered for a body by somebody else. What is not said here never is: bids, scores, votes."""
    _by_proxy.update(permissions)


def is_by_proxy(permission: StrEnum) -> bool:
    """True for what may be entered for a body by somebody else."""
    return permission in _by_proxy


def register_inside(permissions: frozenset[StrEnum]) -> None:
    """Say of permissions that they end at the internet's entrance, whoever holds them (`Actor.reach` asks)."""
    _inside.update(permissions)


def is_inside(permission: StrEnum) -> bool:
    """True for what nobody may through the internet's entrance."""
    return permission in _inside


def reach(roles: frozenset[Role], permission: StrEnum) -> Reach | None:
    """How far `permission` goes for somebody with `roles`; None if it does not go at all."""
    holders = _held[permission]
    return widest([holders[role] for role in roles if role in holders])


def needs_no_role(permission: StrEnum) -> bool:
    """True for what belongs to everybody who is signed in, also to those without a role at present."""
    return _held[permission] is SIGNED_IN
