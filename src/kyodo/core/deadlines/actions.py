"""The secret address of one's calendar: made, made anew, taken back."""

from __future__ import annotations

import secrets
from datetime import datetime

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.deadlines.models import CalendarKey
from kyodo.core.deadlines.queries import digest_of
from kyodo.engines.words import _


@action("deadlines.calendar_opened", _("{who}が、期限のカレンダー用の秘密のアドレスを作りました。"))
def open_calendar(*, by: Actor, at: datetime) -> str:
    """Make the secret part of the address; one that was there before is no longer good. Shown once."""
    assert by.user_id is not None, "the door lets only people in"
    assert by.organisation_id is not None, "who has a role is a member of a body"
    key = secrets.token_urlsafe(24)
    CalendarKey.objects.update_or_create(
        user_id=by.user_id,
        defaults={"organisation_id": by.organisation_id, "digest": digest_of(key), "made_at": at},
    )
    _sign(by)
    return key


@action("deadlines.calendar_closed", _("{who}が、期限のカレンダー用の秘密のアドレスを無効にしました。"))
def close_calendar(*, by: Actor, at: datetime) -> None:
    """Take it back."""
    CalendarKey.objects.filter(user_id=by.user_id or 0).delete()
    _sign(by)


def _sign(by: Actor) -> None:
    record(kind="accounts.user", subject=by.user_id, label=by.label, organisation=by.organisation_id)
