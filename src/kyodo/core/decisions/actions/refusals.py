"""What actions on decisions refuse, and why."""

from __future__ import annotations

from kyodo.core.faults import Faulty


class DecisionRefused(Faulty):
    """Something is wrong with what was handed in."""


class NumberTaken(Exception):
    """The body has another decision of that fiscal year under this number; it may be meant."""


class AlreadyAsked(Exception):
    """Approval was asked for before, or the body has no levels to ask."""


class AlreadyRecorded(Exception):
    """A decision is recorded already, or has changed since it was read."""


class PaperChanged(Exception):
    """What is to be decided is not what approval was asked for any more."""
