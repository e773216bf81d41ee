"""The job that applies what is due: at 00:00, and within minutes after a night in which no worker ran."""

from __future__ import annotations

import structlog
from structlog.stdlib import BoundLogger

from kyodo.core import clock, workflow
from kyodo.core.access import actor as actors
from kyodo.core.jobs import timetable
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.core.transfers import actions
from kyodo.core.transfers.models import Transfer
from kyodo.core.transfers.rules import State
from kyodo.engines.words import _

log: BoundLogger = structlog.get_logger(__name__)


@job("transfers.apply", title=_("人事異動の実施"), tries=3)
def apply_due(progress: Progress) -> Outcome:
    """Apply each planned list whose day has come, the oldest first."""
    applied, trouble = 0, None
    due = Transfer.objects.filter(state=State.PLANNED, day__lte=clock.today()).order_by("day", "id")
    for transfer in due.select_related("organisation"):
        try:
            actions.apply(transfer=transfer, by=actors.job("transfers.apply"), at=clock.now())
        except workflow.Overtaken:
            continue  # given up at the last minute, or applied by another worker
        except Exception as fault:
            # One list that can't be applied may not keep the others from their day; the job fails at its end, so that
            # the operator's first page says so.
            log.exception("transfer_not_applied", transfer=transfer.pk)
            trouble = fault
            continue
        applied += 1
    if trouble is not None:
        raise trouble
    return Outcome(values={"applied": applied})


timetable.every("transfers.apply", apply_due, minutes=10)
