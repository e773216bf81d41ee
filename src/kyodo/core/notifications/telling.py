"""Tells people what happened: rows in the transaction of the act itself, so that none is lost and none is told of
what was rolled back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.notifications.hearing import About, those_who_may
from kyodo.core.notifications.models import Notice


def tell(
    users: Iterable[int],
    *,
    about: About,
    sentence: str,
    facts: Mapping[str, Any],
    address: str,
    by: Actor,
    at: datetime,
    words: Mapping[str, str] | None = None,
) -> None:
    """Tell `users` (but not whoever acts) a `sentence`, marked for translation, with its {holders} filled.

    `facts` are names and what people wrote, `words` texts of ours that are marked for translation too. Who may not
    see what it is `about` is not told. To be called inside of an action.
    """
    hearers = those_who_may((user, about) for user in set(users) - {by.user_id or 0})
    Notice.objects.bulk_create(
        Notice(
            user_id=user,
            kind=about.kind,
            subject_id=about.subject,
            is_internal=about.is_internal,
            sentence=sentence,
            facts=dict(facts),
            words=dict(words or {}),
            address=address,
            at=at,
        )
        for user in sorted(user for user, _about in hearers)
    )
