"""How content those are who asked: 1 to 5, once a body, when a need has come to its end."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo.core.faults import Fault, fault_of_text
from kyodo.engines.words import _

SCORES: dict[int, str] = {
    5: _("とても満足"),
    4: _("満足"),
    3: _("どちらでもない"),
    2: _("不満"),
    1: _("とても不満"),
}
COMMENT_LENGTH = (0, 500)


@dataclass(frozen=True, slots=True)
class RatingDraft:
    """A score, and why."""

    score: int
    comment: str = ""


def faults_of_rating(draft: RatingDraft) -> list[Fault]:
    """Everything that is wrong with a rating, at once."""
    found = list(fault_of_text("comment", draft.comment, COMMENT_LENGTH))
    if draft.score not in SCORES:
        found.append(Fault("score", _("1から5のあいだで選んでください。")))
    return found
