"""Each hour, answers that are older than a day are thrown away."""

from __future__ import annotations

from kyodo.core import clock
from kyodo.core.idempotency.once import prune
from kyodo.core.jobs import timetable
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.engines.words import _


@job("idempotency.prune", title=_("APIの回答の控えの片付け"))
def prune_answers(progress: Progress) -> Outcome:
    """Throw away what nobody can ask for any more."""
    return Outcome(values={"answers": prune(clock.now())})


timetable.every("idempotency.prune", prune_answers, minutes=60)
