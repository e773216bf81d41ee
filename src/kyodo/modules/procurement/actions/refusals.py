"""What actions on cases refuse, and why."""

from __future__ import annotations

from kyodo.core.faults import Changed, Faulty


class CaseRefused(Faulty):
    """Something is wrong with what was handed in."""


class CaseChanged(Changed):
    """Somebody else changed the case since it was read, or it is further on."""


class AlreadyOpened(Exception):
    """The same form was sent before; `case_id` is what became of it then."""

    def __init__(self, case_id: int) -> None:
        super().__init__(f"already opened as {case_id}")
        self.case_id = case_id
