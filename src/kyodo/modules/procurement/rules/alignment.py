"""仕様すり合わせ: requirements beside one another, where they differ, how a difference is settled. Pure."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kyodo.core.faults import Fault, fault_of_text, of_line
from kyodo.engines.words import _

TOPIC_KIND = "procurement.topic"
REQUIREMENTS_KIND = "procurement.requirements"

GROUP_LENGTH = (1, 30)
NAME_LENGTH = (1, 60)
TEXT_LENGTH = 300
REASON_LENGTH = (5, 500)
REMARK_LENGTH = 300
NOTE_LENGTH = (5, 500)
LOT_LENGTH = (1, 40)
MOST_TOPICS = 300
MOST_LOTS = 12


class RequirementLevel(StrEnum):
    """How much a body needs it."""

    MUST = "must"
    NICE = "nice"


LEVEL_WORDS: dict[RequirementLevel, str] = {
    RequirementLevel.MUST: _("必須"),
    RequirementLevel.NICE: _("あるとよい"),
}


class SettlementKind(StrEnum):
    """How a difference is settled."""

    UNIFY = "unify"
    OPTION = "option"
    LOT = "lot"
    OPT_OUT = "opt_out"


SETTLEMENT_WORDS: dict[SettlementKind, str] = {
    SettlementKind.UNIFY: _("そろえる"),
    SettlementKind.OPTION: _("選択にする（価格は別に出す）"),
    SettlementKind.LOT: _("ロットを分ける"),
    SettlementKind.OPT_OUT: _("合わない団体は離れる"),
}


class TopicState(StrEnum):
    """Where a requirement stands."""

    EMPTY = "empty"
    SAME = "same"
    DIFFERS = "differs"
    PROPOSED = "proposed"
    OBJECTED = "objected"
    SETTLED = "settled"


TOPIC_STATE_WORDS: dict[TopicState, str] = {
    TopicState.EMPTY: _("まだだれも書いていない"),
    TopicState.SAME: _("一致"),
    TopicState.DIFFERS: _("差異あり"),
    TopicState.PROPOSED: _("返事待ち"),
    TopicState.OBJECTED: _("反対あり"),
    TopicState.SETTLED: _("決着"),
}
# What still has to be talked about.
OPEN_TOPICS = frozenset({TopicState.DIFFERS, TopicState.PROPOSED, TopicState.OBJECTED})


class Reply(StrEnum):
    """What a body answers to a proposal."""

    AGREE = "agree"
    OBJECT = "object"


REPLY_WORDS: dict[Reply, str] = {
    Reply.AGREE: _("これでよい"),
    Reply.OBJECT: _("これでは困る"),
}


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """Something that is required or not: its group, its name, what the joint specification says of it now."""

    group: str
    name: str
    joint: str = ""


@dataclass(frozen=True, slots=True)
class SettlementDraft:
    """How a difference shall be settled. `lots`: the text of each lot by number; `leaving`: who can't follow."""

    kind: SettlementKind
    text: str
    reason: str
    lots: Mapping[int, str]
    leaving: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One way in which bodies say a requirement, and who says it so."""

    text: str
    bodies: tuple[int, ...]
    has_must: bool


NUMBER = re.compile(r"(\d+(?:\.\d+)?)")
UNLESS = ("以上", "より大きい", "超")
AT_MOST = ("以下", "以内", "未満")


@lru_cache(maxsize=4096)  # a big table asks this of some thousand texts, most of which are the same
def normal(text: str) -> str:
    """A requirement as it is compared: width, case and blanks say nothing.

    >>> normal("１０ インチ以上") == normal("10インチ以上")
    True
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s・、,。]+", "", plain)


def values(said: Mapping[int, tuple[str, RequirementLevel]]) -> list[Value]:
    """The ways in which bodies (by number) say a requirement, the most frequent first; who says nothing is in none."""
    groups: dict[str, list[int]] = {}
    texts: dict[str, Counter[str]] = {}
    for body, (text, _level) in said.items():
        if text:
            groups.setdefault(normal(text), []).append(body)
            texts.setdefault(normal(text), Counter())[text] += 1
    made = [
        Value(
            texts[key].most_common(1)[0][0],
            tuple(bodies),
            any(said[body][1] is RequirementLevel.MUST for body in bodies),
        )
        for key, bodies in groups.items()
    ]
    return sorted(made, key=lambda value: (-len(value.bodies), value.text))


def suggestion(found: Sequence[Value]) -> str:
    """What would serve all, where that can be told: the strictest of figures that say "at least" or "at most".

    Else what most say. Empty where nobody says anything.

    >>> suggestion([Value("10インチ以上", (1,), True), Value("11インチ以上", (2,), True)])
    '11インチ以上'
    """
    if not found:
        return ""
    shapes = {NUMBER.sub("#", normal(value.text)) for value in found}
    figures = [NUMBER.findall(normal(value.text)) for value in found]
    if len(shapes) == 1 and all(len(one) == 1 for one in figures):
        shape = shapes.pop()
        pairs = [(float(one[0]), value.text) for one, value in zip(figures, found, strict=True)]
        if any(word in shape for word in UNLESS):
            return max(pairs)[1]
        if any(word in shape for word in AT_MOST):
            return min(pairs)[1]
    return found[0].text


def affected(
    said: Mapping[int, tuple[str, RequirementLevel]], kind: SettlementKind, text: str, leaving: Collection[int]
) -> frozenset[int]:
    """The bodies that have to answer a proposal: those who said otherwise; with lots and options, all who said it."""
    if kind is SettlementKind.UNIFY:
        return frozenset(body for body, (own, _level) in said.items() if own and normal(own) != normal(text))
    if kind is SettlementKind.OPT_OUT:
        others = {body for body, (own, _level) in said.items() if own and normal(own) != normal(text)}
        return frozenset(others | set(leaving))
    return frozenset(body for body, (own, _level) in said.items() if own)


def state_of(
    found: Sequence[Value],
    *,
    is_settled: bool,
    has_proposal: bool,
    replies: Mapping[int, Reply],
    asked: Collection[int],
) -> TopicState:
    """Where a topic stands, by what bodies said and answered. `asked`: who has to answer the proposal there is."""
    if is_settled:
        return TopicState.SETTLED
    if has_proposal:
        if any(replies.get(body) is Reply.OBJECT for body in asked):
            return TopicState.OBJECTED
        if all(replies.get(body) is Reply.AGREE for body in asked):
            return TopicState.SETTLED
        return TopicState.PROPOSED
    if not found:
        return TopicState.EMPTY
    return TopicState.SAME if len(found) == 1 else TopicState.DIFFERS


def faults_of_topics(drafts: Sequence[TopicDraft]) -> list[Fault]:
    """What is wrong with the requirements that are asked about; a fault's field says in which line (from 0) it is."""
    found: list[Fault] = []
    for number, draft in enumerate(drafts):
        found += of_line(number, fault_of_text("group", draft.group, GROUP_LENGTH, one_line=True))
        found += of_line(number, fault_of_text("name", draft.name, NAME_LENGTH, one_line=True))
        found += of_line(number, fault_of_text("joint", draft.joint, (0, TEXT_LENGTH)))
    if len({(draft.group, draft.name) for draft in drafts}) < len(drafts):
        found.append(Fault("topics", _("同じ要求が2回あります。")))
    if len(drafts) > MOST_TOPICS:
        found.append(Fault("topics", _("要求は300までです。まとめてください。")))
    return found


def faults_of_settlement(draft: SettlementDraft, *, lots: Collection[int], bodies: Collection[int]) -> list[Fault]:
    """What is wrong with a proposal; `lots` and `bodies` that there are in the case."""
    found = [
        *fault_of_text("text", draft.text, (0 if draft.kind is SettlementKind.LOT else 1, TEXT_LENGTH)),
        *fault_of_text("reason", draft.reason, REASON_LENGTH),
    ]
    if draft.kind is SettlementKind.LOT:
        if len(lots) < 2:
            found.append(Fault("kind", _("先に、ロットを2つ以上つくってください。")))
        if any(not draft.lots.get(lot) for lot in lots):
            found.append(Fault("lots", _("ロットごとの仕様を書いてください。")))
        for text in draft.lots.values():
            found += fault_of_text("lots", text, (0, TEXT_LENGTH))
    if draft.kind is SettlementKind.OPT_OUT and not draft.leaving:
        found.append(Fault("leaving", _("離れる団体を選んでください。")))
    if set(draft.leaving) - set(bodies):
        found.append(Fault("leaving", _("この案件にいない団体が入っています。")))
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a comparison: text that stayed, came or went."""

    text: str
    how: str  # "same", "added", "removed"


WORD = re.compile(r"[0-9A-Za-z.]+|[ぁ-ん]+|[ァ-ヶー]+|[一-龠々]+|.", re.DOTALL)


def pieces(before: str, after: str) -> list[Piece]:
    """What changed between two texts, by words rather than letters, so that people can read it."""
    old, new = WORD.findall(before), WORD.findall(after)
    made: list[Piece] = []
    for tag, low, high, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(Piece("".join(old[low:high]), "same"))
            continue
        if low < high:
            made.append(Piece("".join(old[low:high]), "removed"))
        if first < last:
            made.append(Piece("".join(new[first:last]), "added"))
    return made
