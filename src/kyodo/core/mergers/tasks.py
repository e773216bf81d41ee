"""The job that applies mergers whose day has come: after the transfers of that day, which speak of the old bodies."""

from __future__ import annotations

from contextlib import suppress

from kyodo.core import clock, workflow
from kyodo.core.access import actor as actors
from kyodo.core.jobs import timetable
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.core.mergers import actions
from kyodo.core.mergers.models import Merger
from kyodo.core.mergers.rules import State
from kyodo.core.transfers import tasks as transfers
from kyodo.engines.words import _


@job("mergers.apply", title=_("合併の実施"), tries=3)
def apply_due(progress: Progress) -> Outcome:
    """Apply each planned merger whose day has come, the oldest first."""
    due = list(Merger.objects.filter(state=State.PLANNED, day__lte=clock.today()).order_by("day", "id"))
    if due:
        # A list that can't be applied fails in its own job, and is told there: the merger goes on without it.
        with suppress(Exception):
            transfers.apply_due.function(progress)
    applied = 0
    for merger in due:
        try:
            actions.apply(merger=merger, by=actors.job("mergers.apply"), at=clock.now())
        except workflow.Overtaken:
            continue
        applied += 1
    return Outcome(values={"applied": applied})


timetable.every("mergers.apply", apply_due, minutes=10)
