"""情報提供依頼: what companies are asked and may answer, and what of it is nobody else's. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kyodo.core.faults import Fault, fault_of_day, fault_of_text, of_line
from kyodo.engines.words import _

# What the parts of a market answer are called where core keeps things about them.
RFI_KIND = "procurement.rfi"
ANSWER_KIND = "procurement.market_answer"
DOCUMENT_KIND = "procurement.market_document"

TITLE_LENGTH = (5, 100)
TEXT_LENGTH = (20, 6000)
WANTED_LENGTH = (0, 1000)
CONTACT_LENGTH = (2, 200)
NAME_LENGTH = (2, 120)
QUESTION_LENGTH = (3, 500)
REPLY_LENGTH = (1, 3000)
REMARK_LENGTH = (0, 1000)
NOTE_LENGTH = (0, 300)
ASKED_LENGTH = (5, 2000)
ADDRESS_LENGTH = 254
MOST_QUESTIONS = 30
MOST_DOCUMENTS = 10
MOST_YEN = 1_000_000_000_000
# A link is mailed again at most so often, so that nobody can fill a stranger's mailbox by the registration.
PAUSE_BETWEEN_LINKS = timedelta(minutes=10)
MOST_LINKS_A_DAY = 5
MOST_REGISTRATIONS_AN_HOUR = 60


class RfiState(StrEnum):
    """Where a request for information stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


RFI_WORDS: dict[RfiState, str] = {
    RfiState.DRAFT: _("下書き"),
    RfiState.OPEN: _("受付中"),
    RfiState.CLOSED: _("受付終了"),
    RfiState.WITHDRAWN: _("取り下げ"),
}


def state_of(
    *,
    published_at: datetime | None,
    withdrawn_at: datetime | None,
    closes_on: date,
    in_market: bool,
    today: date,
) -> RfiState:
    """Where a request stands today; its case has to be in its step for it to take answers."""
    if withdrawn_at is not None:
        return RfiState.WITHDRAWN
    if published_at is None:
        return RfiState.DRAFT
    return RfiState.OPEN if in_market and today <= closes_on else RfiState.CLOSED


@dataclass(frozen=True, slots=True)
class RfiDraft:
    """A request as coordinators write it; `questions` are free ones, in order."""

    title: str
    text: str
    wanted: str
    contact: str
    closes_on: date
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SupplierDraft:
    """A company as it is invited or registers: its name, 法人番号, the address to which its link goes."""

    name: str
    corporate_number: str
    address: str


FIGURES = ("initial_low", "initial_likely", "initial_high", "yearly_low", "yearly_likely", "yearly_high")


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """What a company says of one item: whole yen without tax for one unit, once and a year; None is not said."""

    initial_low: int | None = None
    initial_likely: int | None = None
    initial_high: int | None = None
    yearly_low: int | None = None
    yearly_likely: int | None = None
    yearly_high: int | None = None
    note: str = ""
    is_confidential: bool = False

    @property
    def says(self) -> bool:
        """True where there is any figure or note."""
        return bool(self.note) or any(getattr(self, name) is not None for name in FIGURES)


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """What a company answers to a free question."""

    text: str = ""
    is_confidential: bool = False


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What a company hands in at once: figures by item, replies by question (their numbers)."""

    figures: Mapping[int, FigureDraft]
    replies: Mapping[int, ReplyDraft]
    contact: str = ""
    note: str = ""
    is_name_confidential: bool = False


NUMBER = re.compile(r"[1-9][0-9]{12}")
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
WRONG_LENGTH = _("法人番号は13桁の数字です。")
WRONG_DIGIT = _("法人番号の検査用の数字が合いません。けたの入れ違いがないか確かめてください。")
WRONG_ADDRESS = _("メールアドレスを確かめてください。")
WRONG_ORDER = _("低い場合≦標準≦高い場合の順になるように入力してください。")
WITHOUT_LIKELY = _("標準の金額も入力してください。")
WRONG_YEN = _("0円から1兆円までの整数で入力してください。")


def check_digit(twelve: str) -> int:
    """The first digit of a 法人番号, from the other twelve.

    >>> check_digit("000012050002")
    7
    """
    total = sum(int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(twelve), start=1))
    return 9 - total % 9


def fault_of_corporate_number(number: str) -> str | None:
    """What is wrong with a 法人番号, to translate; None for one that can be right."""
    if not NUMBER.fullmatch(number):
        return WRONG_LENGTH
    return None if check_digit(number[1:]) == int(number[0]) else WRONG_DIGIT


def faults_of_supplier(draft: SupplierDraft) -> list[Fault]:
    """Everything that is wrong with a company, at once."""
    found = list(fault_of_text("name", draft.name, NAME_LENGTH, one_line=True))
    if sentence := fault_of_corporate_number(draft.corporate_number):
        found.append(Fault("corporate_number", sentence))
    if len(draft.address) > ADDRESS_LENGTH or not ADDRESS.fullmatch(draft.address) or not draft.address.isascii():
        found.append(Fault("address", WRONG_ADDRESS))
    return found


def faults_of_request(draft: RfiDraft, *, today: date, before: date | None = None) -> list[Fault]:
    """Everything that is wrong with a request; a closing day that stays (`before`) may have passed."""
    found = [
        *fault_of_text("title", draft.title, TITLE_LENGTH, one_line=True),
        *fault_of_text("text", draft.text, TEXT_LENGTH),
        *fault_of_text("wanted", draft.wanted, WANTED_LENGTH),
        *fault_of_text("contact", draft.contact, CONTACT_LENGTH, one_line=True),
    ]
    if draft.closes_on != before:
        found += fault_of_day("closes_on", draft.closes_on, today=today)
    for question in draft.questions:
        found += fault_of_text("questions", question, QUESTION_LENGTH, one_line=True)
    if len(draft.questions) > MOST_QUESTIONS:
        found.append(Fault("questions", _("質問は30までです。減らしてください。")))
    if len(set(draft.questions)) < len(draft.questions):
        found.append(Fault("questions", _("同じ質問が2回あります。")))
    return list(dict.fromkeys(found))


def faults_of_answer(draft: AnswerDraft) -> list[Fault]:
    """Everything that is wrong with an answer; what is missing is no fault, it can be given until the closing day."""
    found: list[Fault] = []
    for key, figure in draft.figures.items():
        found += of_line(key, _faults_of_figure(figure))
    for key, reply in draft.replies.items():
        found += fault_of_text(f"reply-{key}", reply.text, (0, REPLY_LENGTH[1]))
    found += fault_of_text("contact", draft.contact, (0, CONTACT_LENGTH[1]), one_line=True)
    found += fault_of_text("note", draft.note, REMARK_LENGTH)
    return found


def _faults_of_figure(figure: FigureDraft) -> Iterator[Fault]:
    for name in FIGURES:
        value = getattr(figure, name)
        if value is not None and not 0 <= value <= MOST_YEN:
            yield Fault(name, WRONG_YEN)
    for side in ("initial", "yearly"):
        low, likely, high = (getattr(figure, f"{side}_{end}") for end in ("low", "likely", "high"))
        if likely is None:
            if low is not None or high is not None:
                yield Fault(f"{side}_likely", WITHOUT_LIKELY)
        elif (low is not None and low > likely) or (high is not None and high < likely):
            yield Fault(f"{side}_likely", WRONG_ORDER)
    yield from fault_of_text("note", figure.note, NOTE_LENGTH)


def receipt_of(draft: AnswerDraft, documents: Iterable[str], *, supplier: str, at: datetime) -> str:
    """SHA-256 in hex of all that was handed in, with whose it is and when: what a company can show afterwards."""
    told = {
        "supplier": supplier,
        "at": at.isoformat(),
        "figures": {str(key): asdict(one) for key, one in sorted(draft.figures.items())},
        "replies": {str(key): asdict(one) for key, one in sorted(draft.replies.items())},
        "contact": draft.contact,
        "note": draft.note,
        "is_name_confidential": draft.is_name_confidential,
        "documents": sorted(documents),
    }
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def may_mail_link(sent: Sequence[datetime], *, at: datetime) -> bool:
    """Whether a company that registers may be mailed a link again; `sent`: when it was before."""
    day = [moment for moment in sent if moment > at - timedelta(days=1)]
    return len(day) < MOST_LINKS_A_DAY and not any(moment > at - PAUSE_BETWEEN_LINKS for moment in day)
