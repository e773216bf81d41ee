"""Each night, files are removed that nobody attached to anything."""

from __future__ import annotations

from kyodo.core.files import store
from kyodo.core.jobs import timetable
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.engines.words import _


@job("files.tidy", title=_("使われなかったファイルの片付け"))
def tidy(progress: Progress) -> Outcome:
    """Remove what was handed in more than a week ago and belongs to nothing."""
    return Outcome(values={"removed": store.remove_orphans()})


timetable.daily("files.tidy", tidy, at="04:30")
