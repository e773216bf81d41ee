"""How actions on needs sign in the record, and what they tell those who follow a need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import record
from kyodo.core.notifications.hearing import About
from kyodo.core.notifications.telling import tell
from kyodo.modules.needs import rules
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.queries.people import followers
from kyodo.modules.needs.rules import KIND, address_of

# With every act on a need, so it is written out; both databases read it.
FOLLOW = "INSERT INTO needs_needfollow (need_id, user_id) VALUES (%s, %s) ON CONFLICT (need_id, user_id) DO NOTHING"


def label_of(need: Need) -> str:
    """How people call a need."""
    return rules.label_of(need.pk, need.title)


def sign(
    need: Need, *, changed: Mapping[str, tuple[Any, Any]], reason: str = "", organisation: int | None = None
) -> None:
    """The running action's entry."""
    record(
        kind=KIND,
        subject=need.pk,
        label=label_of(need),
        organisation=organisation or need.organisation_id,
        changed=changed,
        reason=reason,
    )


def tell_followers(
    need: Need, sentence: str, *, by: Actor, at: datetime, words: Mapping[str, str] | None = None, **facts: str
) -> None:
    """Tell whoever follows a need what happened: a sentence with {subject}, further facts, and words of ours."""
    tell(
        followers(need.pk),
        about=About(KIND, need.pk),
        sentence=sentence,
        facts={"subject": label_of(need), **facts},
        words=words,
        address=address_of(need.pk),
        by=by,
        at=at,
    )


def follow(need: Need, *, by: Actor) -> None:
    """Whoever has a part in a need hears of it."""
    if by.user_id is not None:
        with connection.cursor() as cursor:
            cursor.execute(FOLLOW, [need.pk, by.user_id])
