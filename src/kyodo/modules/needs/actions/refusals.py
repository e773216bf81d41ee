"""What actions on needs refuse, and why."""

from __future__ import annotations

from kyodo.core.faults import Changed, Faulty


class NeedRefused(Faulty):
    """Something is wrong with what was handed in."""


class AlreadyPosted(Exception):
    """The same form was sent before; `need_id` is what became of it then."""

    def __init__(self, need_id: int) -> None:
        super().__init__(f"already posted as {need_id}")
        self.need_id = need_id


class NeedChanged(Changed):
    """Somebody else changed the need since it was read."""


class NeedIsMerged(Exception):
    """The need was merged into another: what was to be done is done there."""

    def __init__(self, into_id: int) -> None:
        super().__init__(f"merged into {into_id}")
        self.into_id = into_id


class AlreadyBacked(Exception):
    """The body has joined this need before."""


class NotNarrower(Exception):
    """Others have joined: fewer can't be made to see it any more."""
