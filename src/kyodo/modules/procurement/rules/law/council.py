"""The council's vote (地方自治法96条1項5号・8号)."""

from __future__ import annotations

from collections.abc import Iterator

from kyodo.engines.words import _
from kyodo.modules.procurement.rules.law.facts import (
    VOTES,
    CommitmentFacts,
    Finding,
    GroundKind,
    Look,
    Subject,
    Weight,
    said,
)

# The findings for which a council votes on the contract itself; on the agreement of a way it votes apart (ways.py).
CONTRACT_VOTES = frozenset({"council_vote_works", "council_vote_property"})
NOT_LISTED = frozenset({Subject.LEASE, Subject.SERVICE, Subject.LEND})

NEEDS_PROPERTY = _("{amount}円は{least}円以上なので、財産の取得・処分に議会の議決が要ります。")
NEEDS_WORKS = _("{amount}円は{least}円以上なので、工事・製造の請負に議会の議決が要ります。")
LIKE = _(
    "この1件は{least}円より少ないですが、同じ年度の同じ種類の買入れを合わせると{sum}円になります。分けて議決を避けた、と見られないか確かめてください。"
)
NO_VOTE = _("{amount}円ですが、賃貸借と役務は施行令の別表第四にないので、議会の議決は要らないと読めます。")
PROVISIONAL = _("議決までは、議決を条件とする仮契約を結べます。議決のない契約は無効です。")
REPORT_179 = _("専決処分（179条）は、次の議会に報告し、承認を求めます。")
REPORT_180 = _("専決処分（180条）は、議会に報告します。")
UNKNOWN = _("議決が要る額の行がないか、要確認です。団体の区分と行を確かめてください。")
NO_AMOUNT = _("金額がまだわからないので、議決が要るかを確かめられません。")


def findings(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    """Whether the council has to vote."""
    works = facts.subject is Subject.WORKS
    rule = "council_vote_works" if works else "council_vote_property"
    decided, least = look.yen(rule, on=facts.decides_on)
    if facts.amount is None:
        yield said("amount_unknown", Weight.WARNS, NO_AMOUNT, decided)
        return
    if least is None:
        yield said("council_vote_unknown", Weight.WARNS, UNKNOWN, decided)
        return
    if facts.subject in NOT_LISTED:
        if facts.amount >= least:
            effect = look("council_vote_effect", "lease_services", on=facts.decides_on)
            yield said("council_vote_not_listed", Weight.TELLS, NO_VOTE, effect, amount=facts.amount)
        return
    if facts.amount >= least:
        sentence = NEEDS_WORKS if works else NEEDS_PROPERTY
        yield said(rule, Weight.BLOCKS, sentence, decided, unblocks=VOTES, amount=facts.amount, least=least)
        yield from _afterwards(facts, look, rule)
    elif facts.like and (whole := facts.with_like) is not None and whole >= least:
        yield said("council_vote_like", Weight.WARNS, LIKE, decided, least=least, sum=whole)


def _afterwards(facts: CommitmentFacts, look: Look, rule: str) -> Iterator[Finding]:
    recorded = {one.kind for one in facts.grounds if one.finding == rule and one.is_complete}
    if not recorded.intersection(VOTES):
        effect = look("council_vote_effect", "without_vote", on=facts.decides_on)
        yield said("provisional_contract", Weight.TELLS, PROVISIONAL, effect)
    for kind, number, sentence in (
        (GroundKind.SENKETSU_179, "179", REPORT_179),
        (GroundKind.SENKETSU_180, "180", REPORT_180),
    ):
        if kind in recorded:
            row = look("senketsu", number, on=facts.decides_on)
            yield said(f"senketsu_{number}", Weight.TELLS, sentence, row)
