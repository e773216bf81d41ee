"""Who may read a file is asked of what it belongs to; each part says so for its own kinds."""

from __future__ import annotations

from collections.abc import Callable

from kyodo.core.access.actor import Actor

MayRead = Callable[[Actor, int], bool]

_owners: dict[str, MayRead] = {}


def register(kind: str, may_read: MayRead) -> None:
    """Say who may read the files of a kind: `may_read(actor, subject)`; called once a part, in its `apps.py`."""
    if kind in _owners and _owners[kind] is not may_read:
        raise ValueError(f"{kind} owns files twice")
    _owners[kind] = may_read


def is_known(kind: str) -> bool:
    """True if somebody answers for files of that kind."""
    return kind in _owners


def may_read(actor: Actor, *, kind: str, subject: int) -> bool:
    """Whether an actor may read the files of a thing; nobody may where no part answers for it."""
    return kind in _owners and _owners[kind](actor, subject)
