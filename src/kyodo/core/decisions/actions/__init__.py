"""Writes of decisions, a subject a file."""

from __future__ import annotations

from kyodo.core.decisions.actions.approving import answer, ask, withdraw
from kyodo.core.decisions.actions.recording import correct_record, record_decision, withdraw_record
from kyodo.core.decisions.actions.refusals import (
    AlreadyAsked,
    AlreadyRecorded,
    DecisionRefused,
    NumberTaken,
    PaperChanged,
)
from kyodo.core.decisions.actions.setting_up import set_steps

__all__ = [
    "AlreadyAsked",
    "AlreadyRecorded",
    "DecisionRefused",
    "NumberTaken",
    "PaperChanged",
    "answer",
    "ask",
    "correct_record",
    "record_decision",
    "set_steps",
    "withdraw",
    "withdraw_record",
]
