"""A commitment as the law looks at it, what was recorded for it, and what the law says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from kyodo.core.statutes.rules import Book, Decided, Row
from kyodo.engines.words import _

Fact = str | int


class Subject(StrEnum):
    """What the contract is in law, whatever the thing: a lease of terminals is no purchase of movables."""

    PURCHASE = "purchase"
    LEASE = "lease"
    SERVICE = "service"
    WORKS = "works"
    SALE = "sale"
    LEND = "lend"


class Budget(StrEnum):
    """What stands in the body's budget."""

    UNKNOWN = "unknown"
    NONE = "none"
    ASKED = "asked"
    INITIAL = "initial"
    SUPPLEMENTARY = "supplementary"


class Weight(StrEnum):
    """How much a finding weighs."""

    BLOCKS = "blocks"
    WARNS = "warns"
    TELLS = "tells"


WEIGHT_WORDS: dict[Weight, str] = {
    Weight.BLOCKS: _("このままでは契約できません"),
    Weight.WARNS: _("確かめてください"),
    Weight.TELLS: _("知っておくこと"),
}


class GroundKind(StrEnum):
    """What a named person can record, with number and date."""

    COUNCIL_VOTE = "council_vote"
    SENKETSU_179 = "senketsu_179"
    SENKETSU_180 = "senketsu_180"
    OWN_RULE = "own_rule"
    LEGAL_CHECK = "legal_check"
    DEBT_BURDEN = "debt_burden"
    LONG_CONTRACT_ORDINANCE = "long_contract_ordinance"
    AGREEMENT = "agreement"


GROUND_WORDS: dict[GroundKind, str] = {
    GroundKind.COUNCIL_VOTE: _("議会の議決"),
    GroundKind.SENKETSU_179: _("専決処分（179条）"),
    GroundKind.SENKETSU_180: _("専決処分（180条）"),
    GroundKind.OWN_RULE: _("例規の定め"),
    GroundKind.LEGAL_CHECK: _("法務確認"),
    GroundKind.DEBT_BURDEN: _("債務負担行為"),
    GroundKind.LONG_CONTRACT_ORDINANCE: _("長期継続契約の条例"),
    GroundKind.AGREEMENT: _("規約"),
}
VOTES = (GroundKind.COUNCIL_VOTE, GroundKind.SENKETSU_179, GroundKind.SENKETSU_180)
# What has to be there before the contract is: a check of the law may come at any time.
BEFORE_THE_CONTRACT = frozenset({*VOTES, GroundKind.DEBT_BURDEN, GroundKind.AGREEMENT})


@dataclass(frozen=True, slots=True)
class Ground:
    """A recorded fact that settles one finding (its code): who says so, its number and its date."""

    kind: GroundKind
    finding: str
    number: str
    on: date
    by: str

    @property
    def is_complete(self) -> bool:
        """True with a number and a name."""
        return bool(self.number.strip() and self.by.strip())


@dataclass(frozen=True, slots=True)
class LikePurchase:
    """Another purchase of the same kind by the same body in the same fiscal year."""

    label: str
    amount: int
    on: date


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """One body's commitment. Amounts are yen with tax, of the whole term; None where nobody knows yet.

    `amount` is the planned price, or the estimate that stands for it; `monthly` that of a lease or service without a
    term. `contracts` is False where another body signs for this one. `wto_kind` is goods, services, technical or
    construction where the subject does not say it. Grounds of direct contracts are numbers of 令167条の2第1項 ("wto10"
    for 特例政令10条), those of designated bidding of 令167条.
    """

    subject: Subject
    method: str
    way: str
    planned_on: date
    amount: int | None = None
    notice_on: date | None = None
    estimated_on: date | None = None
    months: int | None = None
    monthly: int | None = None
    yearly: int | None = None
    residual: int = 0
    fiscal_years: tuple[int, ...] = ()
    like: tuple[LikePurchase, ...] = ()
    contracts: bool = True
    direct_ground: str = ""
    designated_ground: str = ""
    wto_kind: str = ""
    requires_place: bool = False
    notice_days: int | None = None
    low_price: frozenset[str] = frozenset()  # "survey", "minimum"
    scholars: int | None = None
    budget: Budget = Budget.UNKNOWN
    budget_year: int | None = None
    grounds: tuple[Ground, ...] = ()

    @property
    def decides_on(self) -> date:
        """The day whose rules decide: that of the contract."""
        return self.planned_on

    @property
    def with_like(self) -> int | None:
        """The amount with all like purchases of the year."""
        return None if self.amount is None else self.amount + sum(one.amount for one in self.like)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the law says: a sentence with gaps for `facts`, the row that bites, and what settles it.

    A finding that a recorded ground settles no longer blocks: it tells of it.
    """

    code: str
    weight: Weight
    sentence: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    row: Row | None = None
    rows: tuple[Row, ...] = ()
    unblocks: tuple[GroundKind, ...] = ()
    settled_by: Ground | None = None


def said(
    code: str,
    weight: Weight,
    sentence: str,
    decided: Decided | None = None,
    *,
    unblocks: tuple[GroundKind, ...] = (),
    **facts: Fact,
) -> Finding:
    """A finding about what was decided."""
    row, rows = (decided.row, decided.rows) if decided else (None, ())
    return Finding(code, weight, sentence, facts, row, rows, unblocks)


def settled(finding: Finding, facts: CommitmentFacts) -> list[Finding]:
    """The finding as the recorded grounds leave it; a ground that comes after the contract settles nothing."""
    if finding.weight is not Weight.BLOCKS:
        return [finding]
    late = None
    for ground in facts.grounds:
        if ground.kind not in finding.unblocks or ground.finding != finding.code or not ground.is_complete:
            continue
        if ground.kind in BEFORE_THE_CONTRACT and ground.on > facts.planned_on:
            late = ground
            continue
        return [replace(finding, weight=Weight.TELLS, settled_by=ground)]
    if late is None:
        return [finding]
    told = said(f"{finding.code}_late", Weight.WARNS, LATE, number=late.number, day=late.on.isoformat())
    return [finding, told]


LATE = _("記録された{number}（{day}）は、契約の予定日より後です。")


class Look:
    """Looks rules up for one commitment, and remembers which, so that a change until the day can be told."""

    def __init__(self, book: Book, *, today: date) -> None:
        self.book, self.today = book, today
        self.used: dict[tuple[str, str], Decided] = {}

    def __call__(self, rule: str, kind: str = "", *, on: date) -> Decided:
        """Which row decides."""
        decided = self.book.rule_for(rule, kind, on=on)
        self.used[rule, kind] = decided
        return decided

    def yen(self, rule: str, kind: str = "", *, on: date) -> tuple[Decided, int | None]:
        """Which row decides, and its amount; None where there is none or nobody has seen it."""
        decided = self(rule, kind, on=on)
        return decided, None if decided.value is None else int(decided.value)
