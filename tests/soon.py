"""What workers do some tenths of a second after an act, done now."""

from __future__ import annotations

from kyodo.core.jobs import chores, registry


def soon() -> None:
    """Time passes: whatever follows acts is done."""
    registry.discover()
    chores.do_all()
