"""The jobs of mail: send what waits, forget what nobody needs any more."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from kyodo.core import clock
from kyodo.core.jobs import timetable
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.core.mail import delivery, rules
from kyodo.core.mail.models import MailAttachment, OutgoingMail
from kyodo.core.mail.rules import WAITING, State
from kyodo.engines.words import _


@job("mail.deliver", title=_("メールの送信"))
def deliver(progress: Progress) -> Outcome:
    """Send what waits."""
    ended = delivery.deliver(lambda number: progress.advance(number))
    return Outcome(values={state.value: number for state, number in ended.items()})


@job("mail.prune", title=_("古い送信メールの片付け"))
def prune(progress: Progress) -> Outcome:
    """Forget the texts of mails that ended so many days ago, and after a year the mails themselves."""
    now = clock.now()
    ended = OutgoingMail.objects.exclude(state__in=(*WAITING, State.SENDING))
    old = ended.filter(state_since__lt=now - timedelta(days=settings.MAIL_TEXT_DAYS))
    MailAttachment.objects.filter(mail__in=old).delete()
    texts = old.exclude(text="").update(text="")
    mails, _kinds = ended.filter(queued_at__lt=now - rules.ROWS_KEPT).delete()
    return Outcome(values={"texts": texts, "mails": mails})


timetable.every("mail.deliver", deliver, minutes=5)
timetable.daily("mail.prune", prune, at="04:50")
