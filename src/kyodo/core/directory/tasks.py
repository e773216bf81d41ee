"""Sends invitations in the background: a mail server that is slow or away keeps nobody at a page."""

from __future__ import annotations

import secrets
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import get_connection
from django.utils.translation import override

from kyodo.core import clock
from kyodo.core.directory import letters
from kyodo.core.directory.models import Invitation
from kyodo.core.directory.queries.invitations import digest_of
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.engines.words import _


@job("directory.send_invitations", title=_("招待メールの送信"), tries=5)
def send_invitations(progress: Progress, *, ids: list[int]) -> Outcome:
    """Send those that are not out yet; run again after a death, it goes on where it was.

    A worker that dies between the server's yes and our mark sends that one mail twice; the first link is void then.
    """
    waiting = Invitation.objects.filter(pk__in=ids, mailed_at=None, refused="", letter_at=None, accepted_at=None)
    waiting = waiting.filter(user__is_active=True, user__last_login=None).exclude(user__email="")
    found = list(waiting.select_related("user", "organisation__home_entrance").order_by("pk"))
    with get_connection() as mailer:
        for number, invitation in enumerate(found, start=1):
            key = secrets.token_urlsafe(24)
            Invitation.objects.filter(pk=invitation.pk).update(digest=digest_of(key))
            with override(invitation.user.language or "ja"):
                mail = letters.message(invitation, key)
            mail.connection = mailer
            try:
                mail.send()
            except (SMTPResponseException, SMTPRecipientsRefused, ValueError) as refusal:
                # One address that is not one must not stand between the others and their invitation.
                Invitation.objects.filter(pk=invitation.pk).update(refused=str(refusal)[:300])
            else:
                Invitation.objects.filter(pk=invitation.pk).update(mailed_at=clock.now())
            progress.advance(number, len(found))
    return Outcome(url="/directory/invitations/", message=_("{count}通を送りました。"), facts={"count": len(found)})
