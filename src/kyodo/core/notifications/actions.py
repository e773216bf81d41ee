"""Writes of one's own notices. To have read something is no act and leaves no entry; how one wants mail is one."""

from __future__ import annotations

from datetime import datetime

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.notifications import queries
from kyodo.core.notifications.models import MailChoice, Notice
from kyodo.core.notifications.rules import Mail
from kyodo.engines.words import _


def mark_read(*, by: Actor, at: datetime, notice: int | None = None) -> str:
    """Mark one notice, or all, as read; the address to which the one leads (the front for one that isn't there)."""
    own = queries.visible_to(by)
    if notice is None:
        own.filter(read_at=None).update(read_at=at)
        return "/"
    one = own.filter(pk=notice)
    one.filter(read_at=None).update(read_at=at)
    return one.values_list("address", flat=True).first() or "/"


@action("notifications.mail_chosen", _("{who}が、通知メールの受け取り方を変えました。"))
def choose_mail(*, mail: Mail, by: Actor, at: datetime) -> None:
    """Choose how one wants mail."""
    assert by.user_id is not None, "the door lets only people choose"
    before = queries.mail_choice(by.user_id)
    MailChoice.objects.update_or_create(user_id=by.user_id, defaults={"mail": mail})
    if before is Mail.NEVER:
        # What came while no mail was wanted was there to be read on the page: the first mail begins with what is new.
        Notice.objects.filter(user_id=by.user_id, read_at=None, mailed_at=None).update(mailed_at=at)
    record(
        kind="accounts.user",
        subject=by.user_id,
        label=by.label,
        organisation=by.organisation_id,
        changed={"mail": (before, mail)},
    )
