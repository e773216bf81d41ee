"""Take a person's data away, once nothing they do goes on."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.accounts.models import ApiToken, Membership, User
from kyodo.core.audit import disposal
from kyodo.core.audit.record import action, record
from kyodo.core.personal import parts
from kyodo.engines.words import _

KIND = "accounts.user"
ERASED = "削除済みの利用者"


class StillWorking(Exception):
    """The person has a role that goes on, or begins later."""


@action("personal.handed_out", _("{who}が自分について保存されているものを取り出しました。"))
def hand_out(*, by: Actor, at: datetime) -> dict[str, object]:
    """Everything the house holds about whoever asks."""
    assert by.user_id is not None, "only people pass this door"
    held = parts.held(by.user_id)
    record(kind=KIND, subject=by.user_id, label=by.label, organisation=by.organisation_id)
    return {"format": "kyodo-personal/1", "at": at.isoformat(), **held}


@action("personal.erased", _("{who}が利用者（番号{subject}）の個人データを消しました。"))
def erase(*, user: User, by: Actor, at: datetime) -> None:
    """Take name, address, keys, sessions and notices away; the account stays as a number, so that acts keep their hand.

    In the record the entries about the account lose their names and values. What the person wrote for a body belongs to
    that body's records, and goes when their time is over.
    """
    if Membership.objects.filter(user=user).exclude(valid_until__lt=clock.today()).exists():
        raise StillWorking
    parts.erase(user.pk)
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    disposal.dispose(KIND, [user.pk])
    User.objects.filter(pk=user.pk).update(
        username=f"erased-{user.pk}",
        display_name=ERASED,
        email="",
        is_active=False,
        last_login=None,
        password=make_password(None),
    )
    record(kind=KIND, subject=user.pk, label=str(user.pk), organisation=None)
