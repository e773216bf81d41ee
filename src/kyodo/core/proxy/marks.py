"""The mark 「代行」: one expression by which any query asks for it, one way to show it."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kyodo.core.proxy.models import ProxyEntry
from kyodo.core.proxy.rules import STATE_WORDS, State
from kyodo.core.ui.parts import Tone

TONES: dict[State, Tone] = {
    State.WAITING: Tone.WARN,
    State.CONFIRMED: Tone.PLAIN,
    State.CORRECTED: Tone.PLAIN,
    State.DISPUTED: Tone.ERROR,
}


def state_of(kind: str) -> Any:
    """The state of the latest entry by proxy for each row of a query, to stand in its `.values_list()`; None for none.

    Part of the query that reads the rows, so that the mark costs no question of its own.
    """
    latest = ProxyEntry.objects.filter(kind=kind, subject_id=OuterRef("pk")).order_by("-id")
    return Subquery(latest.values("state")[:1])


def words(state: str | None) -> str:
    """The mark in words: 「代行（団体の確認待ち）」; nothing where nobody entered for the body."""
    if not state:
        return ""
    return gettext("代行（{state}）").format(state=gettext(STATE_WORDS[State(state)]))


def tag(state: str | None) -> SafeString:
    """The mark as pages show it."""
    if not state:
        return SafeString()
    return format_html('<span class="tag {}">{}</span>', TONES[State(state)], words(state))
