"""What was entered by proxy is written anew: the question to the body is answered. To be called inside an action."""

from __future__ import annotations

from datetime import datetime

from kyodo.core.access.actor import Actor
from kyodo.core.deadlines import setting as deadlines
from kyodo.core.notifications.hearing import About
from kyodo.core.notifications.telling import tell
from kyodo.core.proxy.models import ProxyEntry
from kyodo.core.proxy.queries import address_of
from kyodo.core.proxy.rules import KIND, OPEN, State
from kyodo.engines.words import _

TOLD = _("{who}が、代行で入力した {subject} を書き直しました。")


def settle(kind: str, subject: int, *, by: Actor, at: datetime) -> None:
    """Whoever rewrites a thing settles what was still open of it: the body itself, or again somebody for it."""
    open_ones = ProxyEntry.objects.filter(kind=kind, subject_id=subject, state__in=OPEN)
    for entry in open_ones.only("pk", "label", "entered_by_id"):
        ProxyEntry.objects.filter(pk=entry.pk).update(
            state=State.CORRECTED, state_since=at, answered_by=by.label, answered_at=at
        )
        deadlines.meet(KIND, entry.pk, at=at)
        if entry.entered_by_id is not None:
            tell(
                [entry.entered_by_id],
                about=About(KIND, entry.pk),
                sentence=TOLD,
                facts={"who": by.label, "subject": entry.label},
                address=address_of(entry.pk),
                by=by,
                at=at,
            )
