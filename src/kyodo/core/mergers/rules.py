"""What is true of a merger, whatever the database says. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kyodo.core.organisations.rules import problem_of_code
from kyodo.engines.words import _

KIND = "mergers.merger"


class State(StrEnum):
    """Where a merger stands."""

    PLANNED = "planned"
    APPLIED = "applied"
    CANCELLED = "cancelled"


STATE_WORDS = {State.PLANNED: _("予約済み"), State.APPLIED: _("実施済み"), State.CANCELLED: _("取りやめ")}
WAYS: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.APPLIED, State.CANCELLED}),
    State.APPLIED: frozenset(),
    State.CANCELLED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A merger as it is handed in: into a body that exists (編入合併), or into a new one (新設合併), by its name."""

    day: date
    predecessors: tuple[int, ...]
    successor: int | None = None
    kind: str = ""
    name: str = ""
    kana: str = ""
    code: str = ""


PAST = _("過ぎた日の合併は登録できません。")
NOBODY = _("なくなる団体を選んでください。")
TOO_FEW = _("新しい団体をつくる合併では、2つ以上の団体を選んでください。")
INTO_ITSELF = _("合併先と同じ団体は、なくなる団体に選べません。")
PLANNED_ALREADY = _("選んだ団体には、すでに予約した合併があります。")
NO_SUCCESSOR = _("合併先の団体を選ぶか、新しい団体の名前とコードを書いてください。")
BOTH = _("合併先の団体を選んだときは、新しい団体の欄を空けてください。")
CODE_TAKEN = _("この団体コードは使われています。")


def faults_of(
    draft: Draft, *, today: date, planned: AbstractSet[int], codes: AbstractSet[str]
) -> Sequence[tuple[str, str]]:
    """All that is wrong: field and sentence. `planned` are bodies of other planned mergers, `codes` those in use."""
    found = []
    is_new = bool(draft.name or draft.code)
    if draft.day < today:
        found.append(("day", PAST))
    if not draft.predecessors:
        found.append(("predecessors", NOBODY))
    elif is_new and draft.successor is None and len(draft.predecessors) < 2:
        found.append(("predecessors", TOO_FEW))
    if draft.successor in draft.predecessors:
        found.append(("predecessors", INTO_ITSELF))
    if {*draft.predecessors, draft.successor} & planned:
        found.append(("predecessors", PLANNED_ALREADY))
    if draft.successor is None and not (draft.name and draft.code and draft.kind):
        found.append(("successor", NO_SUCCESSOR))
    if draft.successor is not None and is_new:
        found.append(("name", BOTH))
    if draft.code and (problem := problem_of_code(draft.code)):
        found.append(("code", problem))
    if draft.code in codes:
        found.append(("code", CODE_TAKEN))
    return found
