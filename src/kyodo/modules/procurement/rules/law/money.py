"""Years and money: debt burden, long continuing contracts, the fiscal year, the budget, the rate of tax."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kyodo.engines.words import _
from kyodo.modules.procurement.rules.law.facts import (
    Budget,
    CommitmentFacts,
    Finding,
    GroundKind,
    Look,
    Subject,
    Weight,
    said,
)
from kyodo.modules.procurement.rules.law.selection import CHECKED

LONG_KINDS = {Subject.LEASE: "lease", Subject.SERVICE: "services"}

MANY_YEARS = _("{years}年度にわたるので、契約の前に、予算で債務負担行為を定めます。")
MANY_YEARS_LONG = _("{years}年度にわたるので、債務負担行為か、長期継続契約の条例が要ります。")
LONG = _("団体の条例による長期継続契約です。各年度の予算の範囲内で払います。")
TOO_LONG = _("期間{months}か月は、団体の条例の{most}か月を超えます。")
TOO_EARLY = _("予算の年度（{year}年度）が始まる前の契約です。債務負担行為が要ります。")
NO_BUDGET = _("予算に計上されていません。")
ASKED = _("予算は要求中です。決まってから契約します。")
TAX = _("見積りの日の消費税率は{before}％、契約の予定日は{after}％です。金額を確かめてください。")
SHARED_COST = _("推進団体が購入するので、団体は契約せず、費用の分担を予算に置きます。")


def findings(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    """Everything about years and money."""
    if facts.contracts and facts.method != "own_purchase":
        yield from _years(facts, look)
        yield from _early(facts, look)
    else:
        yield said("shared_cost", Weight.TELLS, SHARED_COST)
    if facts.budget is Budget.NONE:
        yield said("budget_missing", Weight.WARNS, NO_BUDGET)
    elif facts.budget is Budget.ASKED:
        yield said("budget_asked", Weight.TELLS, ASKED)
    yield from _tax(facts, look)


def _years(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    years = len(set(facts.fiscal_years))
    if years < 2:
        return
    debt = look("debt_burden", on=facts.decides_on)
    kind = LONG_KINDS.get(facts.subject)
    if kind is None:
        unblocks: tuple[GroundKind, ...] = (GroundKind.DEBT_BURDEN, GroundKind.LEGAL_CHECK)
        yield said("multi_year", Weight.BLOCKS, MANY_YEARS, debt, unblocks=unblocks, years=years)
        return
    long, most = look.yen("long_contract", kind, on=facts.decides_on)
    unblocks = (GroundKind.DEBT_BURDEN, GroundKind.LONG_CONTRACT_ORDINANCE, GroundKind.LEGAL_CHECK)
    if not long.is_own:
        yield said("multi_year", Weight.BLOCKS, MANY_YEARS_LONG, long, unblocks=unblocks, years=years)
    elif most is not None and facts.months is not None and facts.months > most:
        yield said(
            "long_contract_term",
            Weight.BLOCKS,
            TOO_LONG,
            long,
            unblocks=(GroundKind.DEBT_BURDEN, *CHECKED),
            months=facts.months,
            most=most,
        )
    else:
        yield said("long_contract", Weight.TELLS, LONG, long)


def _early(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    if facts.budget_year is None or facts.planned_on >= date(facts.budget_year, 4, 1):
        return
    decided = look("fiscal_year", on=facts.decides_on)
    unblocks = (GroundKind.DEBT_BURDEN, GroundKind.LEGAL_CHECK)
    yield said("fiscal_year_early", Weight.BLOCKS, TOO_EARLY, decided, unblocks=unblocks, year=str(facts.budget_year))


def _tax(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    if facts.estimated_on is None:
        return
    before = look.book.rule_for("consumption_tax", on=facts.estimated_on).value
    then = look("consumption_tax", on=facts.decides_on)
    if before is not None and then.value is not None and before != then.value:
        yield said("tax_changes", Weight.WARNS, TAX, then, before=f"{before:f}", after=f"{then.value:f}")
