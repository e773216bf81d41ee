"""意向調査: what is asked in which stage, what an answer may say, when a body has answered. Pure.

Most towns answer late because a survey is long: first one line an item, and whoever has nothing to do with it is done;
then quantity and end of the contract; the rest only of those who stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from kyodo.core.faults import Fault, fault_of_text
from kyodo.engines.words import _
from kyodo.modules.procurement.rules.case import ContractForm

RESPONSE_KIND = "procurement.response"
STAGES = (1, 2, 3)
STAGE_WORDS: dict[int, str] = {1: _("①関係の有無"), 2: _("②数量と契約終了"), 3: _("③単価・仕様・意向")}
# Seconds for a line, until enough bodies were measured: to read it and choose, to look two figures up, to ask around.
SECONDS_A_LINE: dict[int, int] = {1: 4, 2: 40, 3: 75}

MOST = 10_000_000_000
TEXT_LENGTH = (2, 100)
SAID_LENGTH = 30
UNIT_LENGTH = 10
SUPPLIER_LENGTH = 120
SPEC_LENGTH = 500
REASON_LENGTH = 300
CONTACT_LENGTH = 200
QUESTION_LENGTH = (5, 200)
WHY_LENGTH = (5, 200)
ANSWER_LENGTH = 500
MOST_QUESTIONS = 20
MOST_OWN_LINES = 40
LONGEST_SITTING = 1800  # seconds: who leaves the page open overnight did not think all night
FARTHEST_YEARS = 15
OUTLYING = 1000


class Relevance(StrEnum):
    """Whether an item has to do with the body at all."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


RELEVANCE_WORDS: dict[Relevance, str] = {
    Relevance.YES: _("関係あり"),
    Relevance.NO: _("関係なし"),
    Relevance.UNDECIDED: _("未定"),
}
STAYING = frozenset({Relevance.YES, Relevance.UNDECIDED})


class ContractState(StrEnum):
    """Whether the body has a contract for it now."""

    RUNNING = "running"
    NONE = "none"
    UNKNOWN = "unknown"


CONTRACT_WORDS: dict[ContractState, str] = {
    ContractState.RUNNING: _("契約中"),
    ContractState.NONE: _("契約なし"),
    ContractState.UNKNOWN: _("わからない"),
}


class BudgetState(StrEnum):
    """What money there is for it."""

    INITIAL = "initial"
    SUPPLEMENT = "supplement"
    NONE = "none"
    UNKNOWN = "unknown"


BUDGET_WORDS: dict[BudgetState, str] = {
    BudgetState.INITIAL: _("当初予算"),
    BudgetState.SUPPLEMENT: _("補正予算"),
    BudgetState.NONE: _("予算なし"),
    BudgetState.UNKNOWN: _("わからない"),
}


class Intention(StrEnum):
    """Whether the body means to take part; it binds nobody."""

    JOIN = "join"
    CONDITIONAL = "conditional"
    DECLINE = "decline"
    UNKNOWN = "unknown"


INTENTION_WORDS: dict[Intention, str] = {
    Intention.JOIN: _("参加したい"),
    Intention.CONDITIONAL: _("条件付き"),
    Intention.DECLINE: _("見送り"),
    Intention.UNKNOWN: _("わからない"),
}


class QuestionKind(StrEnum):
    """What kind of answer an own question takes."""

    TEXT = "text"
    WHOLE = "whole"
    YEN = "yen"
    DAY = "day"
    CHOICE = "choice"


QUESTION_WORDS: dict[QuestionKind, str] = {
    QuestionKind.TEXT: _("文章"),
    QuestionKind.WHOLE: _("数"),
    QuestionKind.YEN: _("金額（円）"),
    QuestionKind.DAY: _("日付"),
    QuestionKind.CHOICE: _("選択肢"),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as it was said: a number, whether it is only about that, and whether the body does not know."""

    number: int | None
    is_about: bool = False
    is_unknown: bool = False
    is_lump: bool = False


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A body's answer about one item, as it is handed in; what was not asked or said is empty."""

    relevance: str = ""
    quantity_said: str = ""
    unit: str = ""
    contract: str = ""
    contract_until: date | None = None
    unit_price_yen: int | None = None
    supplier: str = ""
    must: str = ""
    nice: str = ""
    budget: str = ""
    form: str = ""
    intention: str = ""
    reason: str = ""
    is_as_last: bool = False


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """An own question, with the reason why it is asked; `choices` of a CHOICE, one a line."""

    text: str
    why: str
    kind: QuestionKind
    stage: int
    choices: tuple[str, ...] = ()


STAGE_FIELDS: dict[int, tuple[str, ...]] = {
    1: ("relevance",),
    2: ("quantity_said", "unit", "contract", "contract_until"),
    3: ("unit_price_yen", "supplier", "must", "nice", "budget", "form", "intention", "reason"),
}

DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
ABOUT = re.compile(r"^(約|およそ|おおよそ|概ね|だいたい)|(くらい|ぐらい|程度|前後|弱|強)$")
UNKNOWN = re.compile(r"^(不明|未定|わからない|分からない|わかりません|分かりません|\?|-)$")
LUMP = re.compile(r"^(一式|1式|いっしき|一括)$")
MANY = {"千": 1_000, "万": 10_000}


def read_quantity(text: str) -> Quantity | str:
    """A quantity as people write it; a sentence to translate where it can't be read.

    >>> read_quantity("約１００台"), read_quantity("一式"), read_quantity("不明")
    (Quantity(number=100, is_about=True, is_unknown=False, is_lump=False), \
Quantity(number=1, is_about=False, is_unknown=False, is_lump=True), \
Quantity(number=None, is_about=False, is_unknown=True, is_lump=False))
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace(" ", "")
    if not plain:
        return Quantity(None)
    if UNKNOWN.match(plain):
        return Quantity(None, is_unknown=True)
    if LUMP.match(plain):
        return Quantity(1, is_lump=True)
    is_about = bool(ABOUT.search(plain))
    bare = ABOUT.sub("", plain)
    found = re.fullmatch(rf"({DIGITS.pattern})([千万]?)([^\d,.千万〜~\-].*)?", bare)
    if found is None:
        return _("数量を1つの数で書いてください。例：120、約100、一式。わからなければ「不明」と書いてください。")
    number = int(found[1].replace(",", "")) * MANY.get(found[2], 1)
    if number > MOST:
        return _("数が大きすぎます。けたを確かめてください。")
    return Quantity(number, is_about=is_about)


def stays(draft: LineDraft) -> bool:
    """True for an item about which more is asked."""
    return draft.relevance in STAYING


def faults_of_line(draft: LineDraft, *, today: date) -> list[Fault]:
    """What is wrong with what was said about an item; what is missing is no fault here."""
    found: list[Fault] = []
    quantity = read_quantity(draft.quantity_said)
    if isinstance(quantity, str):
        found.append(Fault("quantity_said", quantity))
    for name, longest in (
        ("quantity_said", SAID_LENGTH),
        ("unit", UNIT_LENGTH),
        ("supplier", SUPPLIER_LENGTH),
        ("must", SPEC_LENGTH),
        ("nice", SPEC_LENGTH),
        ("reason", REASON_LENGTH),
    ):
        found += fault_of_text(name, getattr(draft, name), (0, longest), one_line=name != "reason")
    if draft.unit_price_yen is not None and not 0 <= draft.unit_price_yen <= MOST:
        found.append(Fault("unit_price_yen", _("0以上で、現実の範囲の数を入力してください。")))
    if draft.contract_until is not None:
        if abs(draft.contract_until.year - today.year) > FARTHEST_YEARS:
            found.append(Fault("contract_until", _("年を確かめてください。")))
        if draft.contract == ContractState.NONE:
            found.append(Fault("contract_until", _("「契約なし」なら、終了日は空けてください。")))
    for name, kind in (
        ("relevance", Relevance),
        ("contract", ContractState),
        ("budget", BudgetState),
        ("form", ContractForm),
        ("intention", Intention),
    ):
        if (value := getattr(draft, name)) and value not in set(kind):
            found.append(Fault(name, _("選択肢から選んでください。")))
    return found


def missing_of_line(draft: LineDraft, *, stage: int) -> list[Fault]:
    """What an item still lacks for a stage to be answered; 「わからない」 is an answer."""
    found = []
    if not draft.relevance:
        return [Fault("relevance", _("関係あり・なし・未定のどれかを選んでください。"))]
    if not stays(draft):
        return []
    if stage >= 2 and not draft.quantity_said:
        found.append(Fault("quantity_said", _("数量を入力してください。わからなければ「不明」と書いてください。")))
    if stage >= 2 and not draft.contract:
        found.append(Fault("contract", _("いまの契約の有無を選んでください。")))
    if stage >= 2 and draft.contract == ContractState.RUNNING and draft.contract_until is None:
        found.append(Fault("contract_until", _("契約が終わる日を入力してください。わからなければ「わからない」に。")))
    if stage >= 3 and not draft.intention:
        found.append(Fault("intention", _("参加の意向を選んでください。")))
    wants_reason = draft.intention in {Intention.CONDITIONAL, Intention.DECLINE}
    if stage >= 3 and wants_reason and not draft.reason:
        found.append(Fault("reason", _("条件または見送りの理由を書いてください。")))
    return found


def stage_answered(drafts: Iterable[LineDraft]) -> int:
    """The last stage that these answers complete: 0 to 3. Who has nothing to do with any item has answered all."""
    lines = list(drafts)
    done = 0
    for stage in STAGES:
        if any(missing_of_line(line, stage=stage) for line in lines):
            return done
        done = stage
    return done


def faults_of_question(draft: QuestionDraft) -> list[Fault]:
    """What is wrong with an own question: why it is asked is always said."""
    found = [
        *fault_of_text("text", draft.text, QUESTION_LENGTH, one_line=True),
        *fault_of_text("why", draft.why, WHY_LENGTH, one_line=True),
    ]
    if draft.kind is QuestionKind.CHOICE and len(set(draft.choices)) < 2:
        found.append(Fault("options", _("選択肢を2つ以上、1行に1つずつ書いてください。")))
    return found


def fault_of_answer(kind: QuestionKind, choices: Iterable[str], value: str) -> str | None:
    """Why an answer to an own question can't be taken, as a sentence to translate; 「不明」 always can."""
    plain = unicodedata.normalize("NFKC", value).strip()
    if not plain or UNKNOWN.match(plain):
        return None
    if len(value) > ANSWER_LENGTH:
        return _("長すぎます。文字数を減らしてください。")
    match kind:
        case QuestionKind.WHOLE | QuestionKind.YEN:
            if not re.fullmatch(rf"({DIGITS.pattern})円?", plain):
                return _("数で書いてください。わからなければ「不明」と書いてください。")
        case QuestionKind.DAY:
            if not _is_day(plain):
                return _("2027-04-01 のように日付で書いてください。")
        case QuestionKind.CHOICE:
            if value not in set(choices):
                return _("選択肢から選んでください。")
    return None


def expected_minutes(stage: int, lines: int, measured: Iterable[int]) -> int:
    """How long a stage will take: the median of what was measured (seconds), or a guess by the number of lines."""
    taken = sorted(measured)
    seconds = taken[len(taken) // 2] if len(taken) >= 3 else 30 + SECONDS_A_LINE[stage] * lines
    return max(1, -(-seconds // 60))


def filled(draft: LineDraft, last: LineDraft) -> LineDraft:
    """「前回と同じ」: what is empty is as it was said the last time."""
    told = {one.name: getattr(draft, one.name) or getattr(last, one.name) for one in fields(LineDraft)}
    return LineDraft(**{**told, "is_as_last": True})


def is_outlier(number: int, others: Iterable[int]) -> bool:
    """True for a quantity a thousand times the others' median: a digit too many, or another unit.

    >>> is_outlier(1_000_000_000, [120, 80, 300]), is_outlier(500, [120, 80, 300])
    (True, False)
    """
    known = sorted(other for other in others if other > 0)
    if len(known) < 2:
        return False
    return number > OUTLYING * known[len(known) // 2]


def changed_fields(before: LineDraft, after: LineDraft) -> Mapping[str, tuple[object, object]]:
    """The fields of an answer that are not as before."""
    return {
        one.name: (getattr(before, one.name), getattr(after, one.name))
        for one in fields(LineDraft)
        if getattr(before, one.name) != getattr(after, one.name)
    }


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return False
    return True
