"""The jobs of notices: the mail of each working day's morning, and for those who want it what came in lately."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kyodo.core import clock
from kyodo.core.jobs import timetable
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.core.notifications import digest, rules
from kyodo.core.notifications.models import Notice
from kyodo.core.notifications.rules import Mail
from kyodo.engines.words import _

QUARTER = 15
KEPT = timedelta(days=400)


@job("notifications.daily", title=_("毎朝の通知メール"), tries=3)
def daily(progress: Progress) -> Outcome:
    """One mail to each who has something to hear, on working days."""
    now = timezone.localtime(clock.now())
    if not rules.is_working_day(now):
        return Outcome(values={"queued": 0})
    queued = digest.queue_all(
        slot=f"{now:%Y-%m-%d}",
        mail=Mail.DAILY,
        day=now.date(),
        progress=progress.advance,
    )
    return Outcome(values={"queued": queued})


@job("notifications.soon", title=_("そのつどの通知メール"), tries=2)
def soon(progress: Progress) -> Outcome:
    """What came in lately, to those who want it soon."""
    now = timezone.localtime(clock.now())
    slot = f"{now:%Y-%m-%dT%H}:{now.minute // QUARTER * QUARTER:02}"
    return Outcome(values={"queued": digest.queue_all(slot=slot, mail=Mail.SOON, day=now.date())})


@job("notifications.prune", title=_("古い通知の片付け"))
def prune(progress: Progress) -> Outcome:
    """Throw away notices of more than a year ago."""
    before = clock.now() - KEPT
    notices, _kinds = Notice.objects.filter(at__lt=before).delete()
    return Outcome(values={"notices": notices})


timetable.daily("notifications.daily", daily, at="07:30")
timetable.every("notifications.soon", soon, minutes=QUARTER)
timetable.daily("notifications.prune", prune, at="04:40")
