"""What is true of decisions whatever the database says: states and ways, who may answer at a level, faults. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kyodo.core.faults import Fault, fault_of_text
from kyodo.engines.words import _

# What approvals and records are called where core keeps things about them: notices, deadlines, files.
APPROVAL = "decisions.approval"
DECISION = "decisions.decision"


class Act(StrEnum):
    """What a decision binds the body to."""

    COMMITMENT = "commitment"
    REQUEST = "request"
    AWARD = "award"
    CONTRACT = "contract"
    TRANSFER = "transfer"
    PUBLICATION = "publication"


ACT_WORDS: dict[Act, str] = {
    Act.COMMITMENT: _("参加の約束"),
    Act.REQUEST: _("依頼"),
    Act.AWARD: _("落札者の決定"),
    Act.CONTRACT: _("契約"),
    Act.TRANSFER: _("移転・引継ぎ"),
    Act.PUBLICATION: _("公表"),
}


class Division(StrEnum):
    """Who decided by which right; each body has its own rules, so any may be chosen."""

    HEAD = "head"
    DELEGATED = "delegated"
    SUBSTITUTE = "substitute"
    DEPUTY_HEAD = "deputy_head"
    COMMITTEE = "committee"


DIVISION_WORDS: dict[Division, str] = {
    Division.HEAD: _("首長決裁"),
    Division.DEPUTY_HEAD: _("副首長決裁"),
    Division.DELEGATED: _("専決"),
    Division.SUBSTITUTE: _("代決"),
    Division.COMMITTEE: _("委員会・教育長の決裁"),
}


class State(StrEnum):
    """Where an approval stands. While it is asked for, the state says at which level."""

    FIRST = "asked1"
    SECOND = "asked2"
    THIRD = "asked3"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


LEVELS = (State.FIRST, State.SECOND, State.THIRD)
MOST_LEVELS = len(LEVELS)
ASKED = frozenset(LEVELS)
OPEN = ASKED | {State.RETURNED}
TRANSITIONS: dict[State, frozenset[State]] = {
    State.FIRST: frozenset({State.SECOND, State.APPROVED, State.RETURNED, State.WITHDRAWN}),
    State.SECOND: frozenset({State.THIRD, State.APPROVED, State.RETURNED, State.WITHDRAWN}),
    State.THIRD: frozenset({State.APPROVED, State.RETURNED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.FIRST, State.WITHDRAWN}),
    State.APPROVED: frozenset(),
    State.WITHDRAWN: frozenset(),
}


class Standing(StrEnum):
    """Where a matter stands, for its page and for modules."""

    NONE = "none"
    ASKED = "asked"
    RETURNED = "returned"
    APPROVED = "approved"
    RECORDED = "recorded"


STANDING_WORDS: dict[Standing, str] = {
    Standing.NONE: _("決裁はまだありません"),
    Standing.ASKED: _("承認待ち"),
    Standing.RETURNED: _("差し戻し"),
    Standing.APPROVED: _("承認済み"),
    Standing.RECORDED: _("決裁済み"),
}
DECIDED = frozenset({Standing.APPROVED, Standing.RECORDED})


class Step(StrEnum):
    """What somebody did with an approval."""

    ASKED = "asked"
    ASKED_AGAIN = "asked_again"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


STEP_WORDS: dict[Step, str] = {
    Step.ASKED: _("承認を求めました"),
    Step.ASKED_AGAIN: _("直して、もう一度求めました"),
    Step.APPROVED: _("承認しました"),
    Step.RETURNED: _("差し戻しました"),
    Step.WITHDRAWN: _("取り下げました"),
}

NUMBER_LENGTH = (1, 60)
NAME_LENGTH = (1, 60)
DUTY_LENGTH = (0, 60)
REMARK_LENGTH = (0, 500)
REASON_LENGTH = (2, 500)


@dataclass(frozen=True, slots=True)
class Draft:
    """A recorded 決裁 as it is handed in."""

    decided_on: date
    number: str
    division: Division
    decider_name: str
    decider_duty: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A level's people on a day: who holds it, and who may stand in for them. Nobody stands in for a deputy."""

    holders: frozenset[int]
    deputies: frozenset[int]


def level_of(state: State) -> int | None:
    """The level, from 1, at which an approval waits; None where it waits at none."""
    return LEVELS.index(state) + 1 if state in ASKED else None


def after_approval(state: State, *, levels: int) -> State:
    """Where an approval goes when its level approves: to the next level, or to its end."""
    level = LEVELS.index(state) + 1
    return State.APPROVED if level >= levels else LEVELS[level]


def turn_of(state: State, round_: int) -> str:
    """What somebody saw when they answered: it says whether the same thing is still asked."""
    return f"{state}-{round_}"


def allowed(seat: Seat, *, asker: int | None, may_approve_own: bool) -> Seat:
    """The people of a seat who may answer: never the one who asked, unless the body's setting allows that."""
    own = frozenset() if may_approve_own or asker is None else frozenset({asker})
    return Seat(seat.holders - own, seat.deputies - own)


def everybody(seat: Seat) -> AbstractSet[int]:
    """Holders and deputies."""
    return seat.holders | seat.deputies


def faults_of_record(draft: Draft, *, today: date) -> list[Fault]:
    """Everything that is wrong with a recorded 決裁, at once."""
    found = []
    if draft.decided_on > today:
        found.append(Fault("decided_on", _("決裁日は、今日までの日を入力してください。")))
    for field, length in (
        ("number", NUMBER_LENGTH),
        ("decider_name", NAME_LENGTH),
        ("decider_duty", DUTY_LENGTH),
        ("remark", REMARK_LENGTH),
    ):
        one_line = field != "remark"
        found += fault_of_text(field, getattr(draft, field), length, one_line=one_line)
    return found


def fault_of_due(due_on: date | None, *, today: date) -> Iterator[Fault]:
    """What is wrong with the day until which an answer is wanted; none need be given."""
    if due_on is not None and due_on < today:
        yield Fault("due_on", _("今日からの日を入力してください。"))


@dataclass(frozen=True, slots=True)
class LevelDraft:
    """A level as a body sets it: a duty or a person holds it, and a duty or a person stands in (ids)."""

    duty: int | None = None
    user: int | None = None
    deputy_duty: int | None = None
    deputy_user: int | None = None


def faults_of_levels(levels: list[LevelDraft], *, is_on: bool) -> list[Fault]:
    """What is wrong with a body's levels: none while they are on, or a level that stands in for itself."""
    found = []
    if is_on and not levels:
        found.append(Fault("holder1", _("承認段階を使うには、第1段階の承認者を決めてください。")))
    for number, level in enumerate(levels, start=1):
        if (level.duty, level.user) == (level.deputy_duty, level.deputy_user):
            found.append(Fault(f"deputy{number}", _("代理には、承認者と別の人か担当を選んでください。")))
    return found
