"""The jobs of jobs: each night, what is long finished is thrown away."""

from __future__ import annotations

from kyodo.core import clock
from kyodo.core.jobs import timetable, upkeep
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.engines.words import _


@job("jobs.prune", title=_("終わった処理の片付け"))
def prune(progress: Progress) -> Outcome:
    """Throw away old finished jobs and rows of the queue."""
    return Outcome(values=upkeep.prune(clock.now()))


timetable.daily("jobs.prune", prune, at="04:10")
