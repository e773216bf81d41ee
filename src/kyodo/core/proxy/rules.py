"""What an entry by proxy has to say of its source, and what may become of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kyodo.core import plain_text
from kyodo.core.faults import Fault
from kyodo.engines.calendar import is_business_day, last_business_day
from kyodo.engines.words import _

KIND = "proxy.entry"
DUTY_LENGTH = (1, 100)
NAME_LENGTH = (1, 60)
NOTE_LENGTH = (0, 2000)
REMARK_LENGTH = (2, 2000)
OLDEST = timedelta(days=366)
DAYS_TO_CONFIRM = 14


class Source(StrEnum):
    """How the body said it."""

    TELEPHONE = "telephone"
    FAX = "fax"
    PAPER = "paper"
    MEETING = "meeting"


SOURCE_WORDS: dict[Source, str] = {
    Source.TELEPHONE: _("電話"),
    Source.FAX: _("FAX"),
    Source.PAPER: _("紙"),
    Source.MEETING: _("会議"),
}


class State(StrEnum):
    """Where an entry stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DISPUTED = "disputed"


STATE_WORDS: dict[State, str] = {
    State.WAITING: _("団体の確認待ち"),
    State.CONFIRMED: _("団体が確認"),
    State.CORRECTED: _("書き直し済み"),
    State.DISPUTED: _("団体は「違う」と回答"),
}
OPEN = frozenset({State.WAITING, State.DISPUTED})
TRANSITIONS: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.CONFIRMED, State.CORRECTED, State.DISPUTED}),
    State.DISPUTED: frozenset({State.CONFIRMED, State.CORRECTED}),
    State.CONFIRMED: frozenset(),
    State.CORRECTED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """Where an entry comes from: how, when and by whom it was said, and a note of it."""

    source: Source
    said_on: date
    duty: str
    name: str
    note: str = ""


def faults_of_source(draft: SourceDraft, *, has_files: bool, today: date) -> list[Fault]:
    """All that is wrong with a source."""
    faults = []
    if draft.said_on > today:
        faults.append(Fault("said_on", _("聞いた日は、今日より後にできません。")))
    elif draft.said_on < today - OLDEST:
        faults.append(Fault("said_on", _("1年より前のことは、代行で入力できません。団体に確かめてください。")))
    lengths = (("duty", draft.duty, DUTY_LENGTH), ("name", draft.name, NAME_LENGTH))
    for field, text, (shortest, longest) in lengths:
        if sentence := plain_text.fault_of(text, shortest=shortest, longest=longest, one_line=True):
            faults.append(Fault(field, sentence))
    if sentence := plain_text.fault_of(draft.note, longest=NOTE_LENGTH[1]):
        faults.append(Fault("note", sentence))
    elif not draft.note and not has_files:
        faults.append(Fault("note", _("聞いた内容のメモか、FAX・紙の写しの、どちらかを残してください。")))
    return faults


def fault_of_remark(remark: str) -> str | None:
    """Why a remark can't be taken."""
    return plain_text.fault_of(remark, shortest=REMARK_LENGTH[0], longest=REMARK_LENGTH[1])


def confirm_by(day: date) -> date:
    """The day until which a body is asked to confirm: two weeks, or the last open day before that."""
    due = day + timedelta(days=DAYS_TO_CONFIRM)
    return due if is_business_day(due) else last_business_day(due)


def label_for(body: str, by: str) -> str:
    """How whoever enters for a body is called.

    >>> label_for("檜原村", "DX推進団体 調整担当")
    '檜原村（代行：DX推進団体 調整担当）'
    """
    return f"{body}（代行：{by}）"


def number_of(entry: int) -> str:
    """The number on the sheet that a body sends back.

    >>> number_of(42)
    '代行-00042'
    """
    return f"代行-{entry:05}"
