"""A joint procurement: its steps and the ways between them, who takes part as what, what a case must say."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice, pairwise

from kyodo.core.faults import Fault, fault_of_day, fault_of_text, of_line
from kyodo.engines.words import _

# What cases and their parts are called where core keeps things about them: record, threads, deadlines, the search.
KIND = "procurement.case"
MEMBER_KIND = "procurement.member"


def address_of(case_id: int) -> str:
    """The page of a case."""
    return f"/procurement/{case_id}/"


def label_of(case_id: int, title: str) -> str:
    """How people call a case."""
    return f"共{case_id} {title}"


class CaseState(StrEnum):
    """Where a case stands. What comes after READY is the tender's."""

    CANDIDATE = "candidate"
    SURVEY = "survey"
    ALIGNMENT = "alignment"
    MARKET = "market"
    COMMITMENT = "commitment"
    READY = "ready"
    SHARED = "shared"
    STOPPED = "stopped"


STATE_WORDS: dict[CaseState, str] = {
    CaseState.CANDIDATE: _("候補"),
    CaseState.SURVEY: _("意向調査"),
    CaseState.ALIGNMENT: _("仕様すり合わせ"),
    CaseState.MARKET: _("情報提供依頼"),
    CaseState.COMMITMENT: _("参加確定"),
    CaseState.READY: _("公告の準備"),
    CaseState.SHARED: _("仕様と金額の共有で終了"),
    CaseState.STOPPED: _("中止"),
}
PATH = (
    CaseState.CANDIDATE,
    CaseState.SURVEY,
    CaseState.ALIGNMENT,
    CaseState.MARKET,
    CaseState.COMMITMENT,
    CaseState.READY,
)
# A simple thing needs no market, a known one no alignment: steps may be passed over, and gone back, with a reason.
TRANSITIONS: dict[CaseState, frozenset[CaseState]] = {
    CaseState.CANDIDATE: frozenset({CaseState.SURVEY, CaseState.STOPPED}),
    CaseState.SURVEY: frozenset(
        {
            CaseState.CANDIDATE,
            CaseState.ALIGNMENT,
            CaseState.MARKET,
            CaseState.COMMITMENT,
            CaseState.SHARED,
            CaseState.STOPPED,
        }
    ),
    CaseState.ALIGNMENT: frozenset(
        {CaseState.SURVEY, CaseState.MARKET, CaseState.COMMITMENT, CaseState.SHARED, CaseState.STOPPED}
    ),
    CaseState.MARKET: frozenset({CaseState.ALIGNMENT, CaseState.COMMITMENT, CaseState.SHARED, CaseState.STOPPED}),
    CaseState.COMMITMENT: frozenset(
        {CaseState.ALIGNMENT, CaseState.MARKET, CaseState.READY, CaseState.SHARED, CaseState.STOPPED}
    ),
    CaseState.READY: frozenset({CaseState.COMMITMENT, CaseState.STOPPED}),
    CaseState.SHARED: frozenset({CaseState.ALIGNMENT, CaseState.COMMITMENT}),
    CaseState.STOPPED: frozenset({CaseState.CANDIDATE}),
}
OPEN = frozenset({CaseState.CANDIDATE, CaseState.SURVEY, CaseState.ALIGNMENT, CaseState.MARKET, CaseState.COMMITMENT})
ENDED = frozenset({CaseState.READY, CaseState.SHARED, CaseState.STOPPED})
FREE_STEPS = frozenset(pairwise(PATH))

# What is due from the members in a step; None where it is the coordinators' turn.
DUE_WORDS: dict[CaseState, str] = {
    CaseState.SURVEY: _("意向調査の回答"),
    CaseState.ALIGNMENT: _("要求仕様と差異への返事"),
    CaseState.MARKET: _("見積の確認と予算要求"),
    CaseState.COMMITMENT: _("参加の決裁"),
}


class CaseAudience(StrEnum):
    """Who sees that there is a case."""

    MEMBERS = "members"
    ALL = "all"


AUDIENCE_WORDS: dict[CaseAudience, str] = {
    CaseAudience.MEMBERS: _("参加団体だけ"),
    CaseAudience.ALL: _("すべての団体（加わりたい団体が申し出られます）"),
}


class MemberRole(StrEnum):
    """As what a body takes part."""

    LEAD = "lead"
    MEMBER = "member"
    OBSERVER = "observer"
    DX = "dx"


MEMBER_WORDS: dict[MemberRole, str] = {
    MemberRole.LEAD: _("代表団体"),
    MemberRole.MEMBER: _("参加団体"),
    MemberRole.OBSERVER: _("オブザーバー"),
    MemberRole.DX: _("DX推進団体"),
}
# Those that are asked, align and commit; an observer reads along, the DX body runs it.
BUYING = frozenset({MemberRole.LEAD, MemberRole.MEMBER})


class ContractForm(StrEnum):
    """How a body takes what is procured: the law differs by it."""

    PURCHASE = "purchase"
    LEASE = "lease"
    SERVICE = "service"
    WORKS = "works"


FORM_WORDS: dict[ContractForm, str] = {
    ContractForm.PURCHASE: _("買入れ"),
    ContractForm.LEASE: _("賃貸借（リース）"),
    ContractForm.SERVICE: _("役務・利用料"),
    ContractForm.WORKS: _("製造・工事の請負"),
}

TITLE_LENGTH = (5, 80)
PURPOSE_LENGTH = (10, 4000)
REASON_LENGTH = (5, 1000)
ITEM_LENGTH = (2, 100)
UNIT_LENGTH = (1, 10)
NOTE_LENGTH = (0, 500)
MOST_ITEMS = 200
MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case as it is handed in. `months` is the wished term of the contracts; `kind` is a template's code."""

    title: str
    purpose: str
    kind: str
    audience: CaseAudience
    method: str
    way: str
    starts_on: date
    months: int


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """Something that is asked for: its name, in which unit it is counted, how it is taken."""

    name: str
    unit: str
    form: ContractForm
    note: str = ""


CHOOSE = _("選択肢から選んでください。")


def faults_of_case(draft: CaseDraft, *, kinds: frozenset[str], today: date) -> list[Fault]:
    """Everything that is wrong with a draft, at once."""
    found = [
        *fault_of_text("title", draft.title, TITLE_LENGTH, one_line=True),
        *fault_of_text("purpose", draft.purpose, PURPOSE_LENGTH),
        *fault_of_day("starts_on", draft.starts_on, today=today),
    ]
    if draft.kind not in kinds:
        found.append(Fault("kind", _("種類を選んでください。")))
    if draft.method not in METHOD_WORDS:
        found.append(Fault("method", CHOOSE))
    if draft.way not in WAY_WORDS:
        found.append(Fault("way", CHOOSE))
    if not 1 <= draft.months <= MOST_MONTHS:
        found.append(Fault("months", _("1か月から120か月の間で入力してください。")))
    return found


def faults_of_items(drafts: list[ItemDraft]) -> list[Fault]:
    """Everything that is wrong with the items of a case; a fault's field says in which line (from 0) it is."""
    found: list[Fault] = []
    for number, draft in enumerate(drafts):
        found += of_line(number, fault_of_text("name", draft.name, ITEM_LENGTH, one_line=True))
        found += of_line(number, fault_of_text("unit", draft.unit, UNIT_LENGTH, one_line=True))
        found += of_line(number, fault_of_text("note", draft.note, NOTE_LENGTH))
    names = [draft.name for draft in drafts]
    if len(set(names)) < len(names):
        found.append(Fault("items", _("同じ品目が2回あります。")))
    if len(drafts) > MOST_ITEMS:
        found.append(Fault("items", _("品目は200までです。分けてください。")))
    return found


def faults_of_reason(reason: str, *, before: CaseState, to: CaseState) -> list[Fault]:
    """What is wrong with the reason for a step; along the path none need be given."""
    if not reason and (before, to) in FREE_STEPS:
        return []
    return list(fault_of_text("reason", reason, REASON_LENGTH))


METHOD_WORDS: dict[str, str] = {
    "open_lowest": _("一般競争入札（最低価格）"),
    "open_evaluation": _("一般競争入札（総合評価）"),
    "designated": _("指名競争入札"),
    "proposal_open": _("公募型プロポーザル"),
    "proposal_designated": _("指名型プロポーザル"),
    "quotes": _("見積合せ"),
    "direct": _("単独随意契約"),
    "unit_price": _("単価契約・協定"),
    "own_purchase": _("推進団体が購入して費用を分担"),
}
WAY_WORDS: dict[str, str] = {
    "one_selection": _("選定は共同、契約は各団体"),
    "entrustment": _("事務の委託"),
    "council": _("協議会"),
    "council_liaison": _("協議会（連絡調整のみ）"),
    "framework": _("協定と個別の発注"),
}


def free_numbers(taken: Collection[int], count: int) -> list[int]:
    """The lowest so many numbers that nothing has, from 1.

    >>> free_numbers({1, 2, 4}, 3)
    [3, 5, 6]
    """
    return list(islice((number for number in itertools.count(1) if number not in taken), count))
