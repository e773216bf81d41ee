"""How the winner may be found: direct contracts, designated bidding, prices that are too low, 総合評価."""

from __future__ import annotations

from collections.abc import Iterator

from kyodo.engines.words import _
from kyodo.modules.procurement.rules.law.facts import (
    CommitmentFacts,
    Finding,
    GroundKind,
    Look,
    Subject,
    Weight,
    said,
)

CHECKED = (GroundKind.OWN_RULE, GroundKind.LEGAL_CHECK)
PROPOSALS = frozenset({"proposal_open", "proposal_designated"})
DIRECT = PROPOSALS | {"quotes", "direct"}
SMALL_KINDS = {
    Subject.PURCHASE: "purchase",
    Subject.LEASE: "lease",
    Subject.SERVICE: "other",
    Subject.WORKS: "works",
    Subject.SALE: "sale",
    Subject.LEND: "lend",
}

OVER = _("{amount}円は{most}円を超えるので、少額の随意契約にできません。")
OVER_IN_ALL = _(
    "1年では{most}円以内ですが、総額は{amount}円です。年額と総額のどちらで見るかを、団体の規則で確かめてください。"
)
SPLIT = _(
    "この1件は{most}円以内ですが、同じ年度の同じ種類の契約を合わせると{sum}円になります。分割でないか確かめてください。"
)
NOT_ENTERED = _("団体の規則の額が、まだ表にありません。法令の上限で見ています。")
CEILING_UNKNOWN = _("少額の随意契約の上限の行がないか、要確認です。")
NO_GROUND = _("単独の随意契約には、施行令167条の2第1項の何号によるかの記録が要ります。")
GROUND = _("随意契約の理由は{number}号です。")
LIMITS = _("{number}号による随意契約では、条件をほとんど変えられません。")
NO_DESIGNATED = _("指名競争入札には、施行令167条の何号によるかの記録が要ります。")
REFUSED = _("最低制限価格と低入札価格調査は、請負だけのものです。買入れ・借入れには使えません。")
NO_MINIMUM = _("総合評価では、最低制限価格を使えません（読み方）。低入札価格調査は使えます。")
SERVICES = _("役務に最低制限価格・低入札価格調査を使う団体があります。請負にあたるか確かめてください。")
SCHOLARS = _("総合評価では、学識経験者{least}人以上の意見を聴きます。記録は{heard}人です。")
SCHOLARS_OPEN = _("総合評価では、学識経験者{least}人以上の意見を聴いてから、基準を決めます。")


def ground_of(facts: CommitmentFacts) -> str:
    """The number by which a contract is direct; empty for what is put out to bidding, and where none is recorded."""
    if facts.method in PROPOSALS:
        return facts.direct_ground or "2"
    if facts.method == "quotes":
        return facts.direct_ground or "1"
    return facts.direct_ground if facts.method == "direct" else ""


def findings(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    """Everything about the way in which the winner is found."""
    yield from _direct(facts, look)
    if facts.method == "designated":
        known = look("designated_grounds", facts.designated_ground, on=facts.decides_on)
        if known.row is None:
            some = look("designated_grounds", "1", on=facts.decides_on)
            yield said("designated_ground_missing", Weight.BLOCKS, NO_DESIGNATED, some, unblocks=CHECKED)
    yield from _low_price(facts, look)
    yield from _evaluation(facts, look)


def _direct(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    if facts.method not in DIRECT:
        return
    number = ground_of(facts)
    if number == "wto10":
        return
    decided = look("direct_grounds", number, on=facts.decides_on)
    if decided.row is None:
        some = look("direct_grounds", "2", on=facts.decides_on)
        yield said("direct_ground_missing", Weight.BLOCKS, NO_GROUND, some, unblocks=CHECKED)
        return
    yield said("direct_ground", Weight.TELLS, GROUND, decided, number=number)
    if number in {"8", "9"}:
        limits = look("direct_limits", number, on=facts.decides_on)
        yield said("direct_limits", Weight.TELLS, LIMITS, limits, number=number)
    if number == "1":
        yield from _small(facts, look)


def _small(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    """Direct because it is small: not above the ceiling, and not made small by splitting."""
    decided, most = look.yen("small_contract_ceiling", SMALL_KINDS[facts.subject], on=facts.decides_on)
    if most is None:
        yield said("small_contract_unknown", Weight.WARNS, CEILING_UNKNOWN, decided)
        return
    if not decided.is_own:
        yield said("small_contract_own_missing", Weight.TELLS, NOT_ENTERED, decided)
    if facts.amount is None:
        return
    if facts.amount > most:
        by_year = facts.subject is Subject.LEASE and facts.yearly is not None and facts.yearly <= most
        weight, sentence = (Weight.WARNS, OVER_IN_ALL) if by_year else (Weight.BLOCKS, OVER)
        unblocks = () if by_year else CHECKED
        yield said("small_contract_over", weight, sentence, decided, unblocks=unblocks, amount=facts.amount, most=most)
    elif facts.like and (whole := facts.with_like) is not None and whole > most:
        yield said("small_contract_split", Weight.WARNS, SPLIT, decided, most=most, sum=whole)


def _low_price(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    if not facts.low_price:
        return
    kind = "minimum" if "minimum" in facts.low_price else "survey"
    decided = look("low_price", kind, on=facts.decides_on)
    if facts.subject in {Subject.PURCHASE, Subject.LEASE}:
        yield said("low_price_refused", Weight.BLOCKS, REFUSED, decided, unblocks=CHECKED)
    elif facts.subject is Subject.SERVICE:
        used = look("low_price", "services", on=facts.decides_on)
        yield said("low_price_services", Weight.TELLS, SERVICES, used)
    if facts.method == "open_evaluation" and "minimum" in facts.low_price:
        yield said("low_price_evaluation", Weight.BLOCKS, NO_MINIMUM, decided, unblocks=CHECKED)


def _evaluation(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    if facts.method != "open_evaluation":
        return
    decided, least = look.yen("evaluation", "scholars", on=facts.decides_on)
    if least is None:
        return
    if facts.scholars is None:
        yield said("evaluation_scholars_open", Weight.WARNS, SCHOLARS_OPEN, decided, least=least)
    elif facts.scholars < least:
        yield said(
            "evaluation_scholars",
            Weight.BLOCKS,
            SCHOLARS,
            decided,
            unblocks=CHECKED,
            least=least,
            heard=facts.scholars,
        )
