"""What an entry by proxy has to say of its source, and what may become of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kyodo.core.faults import Fault, fault_of_text
from kyodo.engines.calendar import is_business_day, last_business_day
from kyodo.engines.words import _

KIND = "proxy.entry"
DUTY_LENGTH = (1, 100)
NAME_LENGTH = (1, 60)
NOTE_LENGTH = (0, 2000)
REMARK_LENGTH = (2, 2000)
WHO_LENGTH = (1, 160)
OLDEST = timedelta(days=366)
DAYS_TO_CONFIRM = 14
NO_PROOF = _("入力した本人が確認を記録するときは、返事の写しを添付してください。ほかの調整担当なら要りません。")


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
    faults: list[Fault] = []
    if draft.said_on > today:
        faults.append(Fault("said_on", _("聞いた日は、今日より後にできません。")))
    elif draft.said_on < today - OLDEST:
        faults.append(Fault("said_on", _("1年より前のことは、代行で入力できません。団体に確かめてください。")))
    faults += fault_of_text("duty", draft.duty, DUTY_LENGTH, one_line=True)
    faults += fault_of_text("name", draft.name, NAME_LENGTH, one_line=True)
    faults += fault_of_text("note", draft.note, NOTE_LENGTH)
    if not draft.note and not has_files:
        faults.append(Fault("note", _("聞いた内容のメモか、FAX・紙の写しの、どちらかを残してください。")))
    return faults


def faults_of_remark(remark: str, *, to: State) -> list[Fault]:
    """All that is wrong with the remark to an answer; whoever says that something is wrong says what."""
    shortest, longest = REMARK_LENGTH
    return list(fault_of_text("remark", remark, (shortest if to is State.DISPUTED else 0, longest)))


def faults_of_paper_answer(*, to: State, who: str, remark: str, needs_proof: bool) -> list[Fault]:
    """All that is wrong with an answer that came by telephone, fax or on paper."""
    faults = [*fault_of_text("who", who, WHO_LENGTH, one_line=True), *faults_of_remark(remark, to=to)]
    return [*faults, Fault("uploads", NO_PROOF)] if needs_proof else faults


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
