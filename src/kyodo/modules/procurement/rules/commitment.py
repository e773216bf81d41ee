"""参加確定: what a commitment must say, how far it binds, what one body's leaving does to the others. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kyodo.core.faults import Fault, fault_of_day, fault_of_text
from kyodo.engines.words import _
from kyodo.modules.procurement.rules.case import ContractForm
from kyodo.modules.procurement.rules.law import Budget, Finding, Weight

COMMITMENT_KIND = "procurement.commitment"
MOST = 1_000_000_000_000
ITEM_LENGTH = 120
NOTE_LENGTH = 300
NUMBER_LENGTH = (1, 60)


class CommitmentState(StrEnum):
    """How far a body is bound."""

    DRAFT = "draft"
    COMMITTED = "committed"
    LEFT = "left"


COMMITMENT_WORDS: dict[CommitmentState, str] = {
    CommitmentState.DRAFT: _("下書き"),
    CommitmentState.COMMITTED: _("確定済"),
    CommitmentState.LEFT: _("離脱"),
}
COMMITMENT_WAYS: dict[CommitmentState, frozenset[CommitmentState]] = {
    CommitmentState.DRAFT: frozenset({CommitmentState.COMMITTED, CommitmentState.LEFT}),
    CommitmentState.COMMITTED: frozenset({CommitmentState.DRAFT, CommitmentState.LEFT}),
    CommitmentState.LEFT: frozenset({CommitmentState.DRAFT}),
}
BUDGET_STATE_WORDS: dict[Budget, str] = {
    Budget.INITIAL: _("当初予算に計上"),
    Budget.SUPPLEMENTARY: _("補正予算に計上"),
    Budget.ASKED: _("要求中"),
    Budget.NONE: _("予算なし"),
    Budget.UNKNOWN: _("わからない"),
}


@dataclass(frozen=True, slots=True)
class CommitmentDraft:
    """What a body hands in. `lines`: quantity and form by the number of the item; amounts with tax, in yen."""

    lines: Mapping[int, tuple[int, ContractForm]]
    amount_yen: int | None
    yearly_yen: int | None
    planned_on: date
    budget: Budget
    budget_year: int | None = None
    budget_item: str = ""
    note: str = ""


def faults_of_commitment(draft: CommitmentDraft, *, items: Iterable[int], today: date) -> list[Fault]:
    """Everything that is wrong with a commitment, at once."""
    found = [
        *fault_of_text("budget_item", draft.budget_item, (0, ITEM_LENGTH), one_line=True),
        *fault_of_text("note", draft.note, (0, NOTE_LENGTH)),
        *fault_of_day("planned_on", draft.planned_on, today=today),
    ]
    if set(draft.lines) - set(items):
        found.append(Fault("", _("ほかの人が品目を変えました。開き直してください。")))
    for key, (quantity, _form) in draft.lines.items():
        if not 0 <= quantity <= MOST:
            found.append(Fault(f"quantity-{key}", _("0以上で、現実の範囲の数を入力してください。")))
    if not any(quantity for quantity, _form in draft.lines.values()):
        found.append(Fault("", _("数量を1つ以上入力してください。買わないときは、案件から離れてください。")))
    for field in ("amount_yen", "yearly_yen"):
        value = getattr(draft, field)
        if value is not None and not 0 <= value <= MOST:
            found.append(Fault(field, _("0以上で、現実の範囲の数を入力してください。")))
    if draft.amount_yen is None:
        found.append(Fault("amount_yen", _("見込みの金額（税込・全期間）を入力してください。")))
    if draft.budget in {Budget.INITIAL, Budget.SUPPLEMENTARY} and draft.budget_year is None:
        found.append(Fault("budget_year", _("何年度の予算かを入力してください。")))
    return found


def merged(of_forms: Iterable[Sequence[Finding]]) -> list[Finding]:
    """What the law says to all forms of one commitment: each finding once, as heavy as in any of them."""
    order = list(Weight)
    found: dict[str, Finding] = {}
    for findings in of_forms:
        for one in findings:
            known = found.get(one.code)
            if known is None or order.index(one.weight) < order.index(known.weight):
                found[one.code] = one
    return sorted(found.values(), key=lambda one: order.index(one.weight))


@dataclass(frozen=True, slots=True)
class Loss:
    """What one body's leaving takes from an item: the volume before and after, in the item's unit."""

    item: int
    before: int
    after: int

    @property
    def percent(self) -> int:
        """By how much of a hundred the volume falls; rounded up, so that no fall is told smaller than it is."""
        return 0 if not self.before else -(-(self.before - self.after) * 100 // self.before)


def losses(volumes: Mapping[int, Mapping[int, int]], leaving: int) -> list[Loss]:
    """What the others lose of each item (item → body → quantity), where the leaving body took any."""
    return [
        Loss(item, sum(bodies.values()), sum(quantity for body, quantity in bodies.items() if body != leaving))
        for item, bodies in volumes.items()
        if bodies.get(leaving)
    ]


def spread_over(yen: int, bodies: int) -> int:
    """What each of the bodies that stay would bear of a first cost that one of them no longer shares; rounded up.

    >>> spread_over(1_000_000, 7)
    142858
    """
    return -(-yen // bodies) if bodies > 0 and yen > 0 else 0
