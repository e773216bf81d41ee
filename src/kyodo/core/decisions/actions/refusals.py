"""What actions on decisions refuse, and why."""

from __future__ import annotations

from kyodo.core.decisions.rules import Fault


class DecisionRefused(Exception):
    """Something is wrong with what was handed in; `faults` names all of it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.sentence}" for fault in faults))
        self.faults = faults


class NumberTaken(Exception):
    """The body has another decision of that fiscal year under this number; it may be meant."""


class AlreadyAsked(Exception):
    """Approval was asked for before, or the body has no levels to ask."""


class AlreadyRecorded(Exception):
    """A decision is recorded already, or has changed since it was read."""


class PaperChanged(Exception):
    """What is to be decided is not what approval was asked for any more."""
