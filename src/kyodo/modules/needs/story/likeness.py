"""Like needs in the words of a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from kyodo.core.ui.parts import Tone
from kyodo.modules.needs import lists
from kyodo.modules.needs.like import LikeNeed
from kyodo.modules.needs.queries import NeedRow
from kyodo.modules.needs.rules import STATE_WORDS


@dataclass(frozen=True, slots=True)
class LikenessRow:
    """A like need in the words of a page."""

    need: NeedRow
    state: str
    tone: Tone
    bodies: int
    shared: str
    may_back: bool
    is_solved: bool


def likenesses(found: list[LikeNeed]) -> list[LikenessRow]:
    """Like needs as pages show them: state, how many bodies have the trouble, the words that are shared."""
    return [
        LikenessRow(
            need=one.need,
            state=gettext(STATE_WORDS[one.need.state]),
            tone=lists.TONES[one.need.state],
            bodies=one.need.backing_count + 1,
            shared="・".join(one.shared),
            may_back=one.may_back,
            is_solved=one.is_solved,
        )
        for one in found
    ]
