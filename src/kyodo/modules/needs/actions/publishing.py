"""Keeps what is public of a need as the need is: published when solved in public, taken back when it is no more."""

from __future__ import annotations

from datetime import datetime

from kyodo.core.publication import publishing
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.queries.public import content_of
from kyodo.modules.needs.rules import KIND, SOLVED, Audience


def publish(need: Need, *, at: datetime) -> None:
    """Publish what the need's public page is to say from now on, or take it back. Costs nothing for other needs."""
    if need.audience != Audience.PUBLIC:
        return
    if need.state in SOLVED:
        publishing.publish(kind=KIND, subject=need.pk, content=content_of(need.pk), at=at)
    else:
        publishing.withdraw(kind=KIND, subject=need.pk, at=at)
