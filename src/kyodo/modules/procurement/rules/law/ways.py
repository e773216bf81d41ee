"""What the way of contracting together asks: 事務の委託, 協議会."""

from __future__ import annotations

from collections.abc import Iterator

from kyodo.engines.words import _
from kyodo.modules.procurement.rules.law.facts import (
    VOTES,
    CommitmentFacts,
    Finding,
    GroundKind,
    Look,
    Weight,
    said,
)

AGREEMENT = _("協議で定めた規約の記録が要ります。")
VOTE = _("規約には、この団体の議会の議決が要ります。")
NO_VOTE = _("連絡調整だけの協議会なので、議会の議決は要りません。")
# way → rule, kind, whether each council votes
WAYS = {
    "entrustment": ("entrust", "", True),
    "council": ("council_body", "managing", True),
    "council_liaison": ("council_body", "liaison", False),
}


def findings(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    """The agreement, and the vote on it."""
    if facts.way not in WAYS:
        return
    rule, kind, votes = WAYS[facts.way]
    decided = look(rule, kind, on=facts.decides_on)
    yield said("way_agreement", Weight.BLOCKS, AGREEMENT, decided, unblocks=(GroundKind.AGREEMENT,))
    if votes:
        yield said("way_vote", Weight.BLOCKS, VOTE, decided, unblocks=VOTES)
    else:
        yield said("way_no_vote", Weight.TELLS, NO_VOTE, decided)
