"""What is true of a list of transfers, whatever the database says: its faults, and who follows whom. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kyodo.core.access.roles import BODY_ROLES
from kyodo.core.accounts.rules import MAILBOX, USERNAME
from kyodo.engines.words import _

KIND = "transfers.transfer"


LONGEST = 100


class State(StrEnum):
    """Where a list stands."""

    DRAFT = "draft"
    PLANNED = "planned"
    APPLIED = "applied"
    CANCELLED = "cancelled"


STATE_WORDS = {
    State.DRAFT: _("下書き"),
    State.PLANNED: _("予約済み"),
    State.APPLIED: _("実施済み"),
    State.CANCELLED: _("取りやめ"),
}
WAYS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PLANNED, State.CANCELLED}),
    State.PLANNED: frozenset({State.DRAFT, State.APPLIED, State.CANCELLED}),
    State.APPLIED: frozenset(),
    State.CANCELLED: frozenset(),
}


class Move(StrEnum):
    """What becomes of one person."""

    MOVES = "moves"
    LEAVES = "leaves"
    JOINS = "joins"


MOVE_WORDS = {
    Move.MOVES: _("担当が変わる"),
    Move.LEAVES: _("団体を離れる"),
    Move.JOINS: _("新しく加わる"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list. `duty` is the one they take, `successor` a user name; the rest is a joiner's."""

    username: str
    move: Move
    duty: str = ""
    successor: str = ""
    name: str = ""
    email: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works for the body on the eve of the day."""

    user_id: int
    username: str
    name: str
    duties: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line (from 0; None for the list), with the field and the facts of its sentence."""

    line: int | None
    field: str
    sentence: str
    facts: Mapping[str, Any]


NO_LINES = _("異動する人を1人以上選んでください。")
PAST = _("過ぎた日の異動は登録できません。今日以降の日で登録し、備考に発令日を書いてください。")
UNKNOWN = _("「{username}」という利用者名の人は、この団体にいません。新しい方は「新しく加わる」にしてください。")
TWICE = _("「{username}」が2回書かれています。1人1行にしてください。")
PLANNED_ALREADY = _("「{username}」の異動は、同じ日の別の一覧で予約されています。先にそちらを直してください。")
NO_DUTY = _("新しい職・担当を書いてください。")
SAME_DUTY = _("いまと同じ職・担当です。変わらない人は一覧に入れません。")
NOBODY_FOLLOWS = _("後任の「{successor}」は、その日にこの団体にいません。")
FOLLOWS_SELF = _("本人を後任にはできません。")
KNOWN_HERE = _("「{username}」はこの団体の利用者です。「担当が変わる」を選んでください。")
KNOWN_ELSEWHERE = _(
    "利用者名「{username}」はほかの団体で使われています。別の名前にするか、運用管理者に頼んでください。"
)
NO_NAME = _("新しい方の名前を書いてください。")
NO_ROLE = _("新しい方の役割を選んでください。")
BAD_NAME = _("利用者名「{username}」は使えません。半角の英小文字・数字・「.」「_」「-」で書いてください。")
BAD_MAIL = _("新しい方のメールアドレスを確かめてください。")
TOO_LONG = _("100文字までで書いてください。")


def faults_of(
    lines: Sequence[Line],
    *,
    day: date,
    today: date,
    colleagues: Mapping[str, Colleague],
    elsewhere: AbstractSet[str] = frozenset(),
    planned: AbstractSet[str] = frozenset(),
    arriving: AbstractSet[str] = frozenset(),
) -> list[Fault]:
    """All that is wrong with a list.

    `colleagues` by user name are the body's people on the eve, `elsewhere` user names of others, `planned` those whom
    another list of the same day moves, `arriving` those whose part in the body begins on the day.
    """
    found = [] if lines else [Fault(None, "", NO_LINES, {})]
    if day < today:
        found.append(Fault(None, "day", PAST, {}))
    times = Counter(line.username for line in lines)
    there = set(colleagues) - {line.username for line in lines if line.move is Move.LEAVES}
    there |= arriving | {line.username for line in lines if line.move is Move.JOINS}
    for number, line in enumerate(lines):
        facts = {"username": line.username, "successor": line.successor}
        if times[line.username] > 1:
            found.append(Fault(number, "username", TWICE, facts))
        if line.username in planned:
            found.append(Fault(number, "username", PLANNED_ALREADY, facts))
        check = _joins if line.move is Move.JOINS else _goes
        found += [Fault(number, at, sentence, facts) for at, sentence in check(line, colleagues, elsewhere, there)]
    return found


def _joins(
    line: Line, colleagues: Mapping[str, Colleague], elsewhere: AbstractSet[str], there: AbstractSet[str]
) -> Iterator[tuple[str, str]]:
    if line.username in colleagues:
        yield "username", KNOWN_HERE
    elif line.username in elsewhere:
        yield "username", KNOWN_ELSEWHERE
    if not USERNAME.fullmatch(line.username):
        yield "username", BAD_NAME
    if line.email and not MAILBOX.fullmatch(line.email):
        yield "email", BAD_MAIL
    if not line.name:
        yield "name", NO_NAME
    elif len(line.name) > LONGEST or len(line.duty) > LONGEST:
        yield "name", TOO_LONG
    if line.role not in BODY_ROLES:
        yield "role", NO_ROLE
    if not line.duty:
        yield "duty", NO_DUTY


def _goes(
    line: Line, colleagues: Mapping[str, Colleague], elsewhere: AbstractSet[str], there: AbstractSet[str]
) -> Iterator[tuple[str, str]]:
    person = colleagues.get(line.username)
    if person is None:
        yield "username", UNKNOWN
        return
    if line.move is Move.MOVES and not line.duty:
        yield "duty", NO_DUTY
    elif line.move is Move.MOVES and person.duties == (line.duty,):
        yield "duty", SAME_DUTY
    if line.successor == line.username:
        yield "successor", FOLLOWS_SELF
    elif line.successor and line.successor not in there:
        yield "successor", NOBODY_FOLLOWS


def successors(lines: Sequence[Line], colleagues: Mapping[str, Colleague]) -> dict[str, str | None]:
    """Who has what was somebody's: the named one, else who takes that duty by the list, else who shares it and stays.

    None where nobody follows.

    >>> a, b = Colleague(1, "a", "A", ("会計",)), Colleague(2, "b", "B", ("広報",))
    >>> successors([Line("a", Move.LEAVES), Line("b", Move.MOVES, "会計")], {"a": a, "b": b})
    {'a': 'b', 'b': None}
    """
    going = {line.username for line in lines if line.move is not Move.JOINS}
    follows: dict[str, str | None] = {}
    for line in lines:
        if line.move is Move.JOINS or line.username not in colleagues:
            continue
        duties = set(colleagues[line.username].duties)
        takers = (other.username for other in lines if other.duty in duties and other.username != line.username)
        sharers = (one.username for name, one in colleagues.items() if name not in going and duties & set(one.duties))
        follows[line.username] = line.successor or next(takers, None) or next(sharers, None)
    return follows
