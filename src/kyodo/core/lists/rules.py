"""What a saved filter may be. Pure."""

from __future__ import annotations

from kyodo.core import plain_text
from kyodo.engines.words import _

NAME_LENGTH = (1, 40)
LONGEST_QUERY = 1000
MOST_SAVED = 20  # of one list: they stand side by side above it


def fault_of_filter(*, name: str, query: str) -> str | None:
    """Why a filter can't be kept, as a sentence to translate; None if it can."""
    if not query:
        return _("保存する条件がありません。先に絞り込むか並べ替えてください。")
    if len(query) > LONGEST_QUERY:
        return _("条件が長すぎて保存できません。")
    return plain_text.fault_of(name, shortest=NAME_LENGTH[0], longest=NAME_LENGTH[1], one_line=True)
