"""What comes back by itself. Declared beside the job in a module's `tasks.py`; each occurrence is started once.

Whatever was missed while no worker ran is made up for once: the latest occurrence, never all of them. What is daily
and was never seen before waits for its next time, so that a new installation does not begin with last night's work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from kyodo.core.access import actor as actors
from kyodo.core.jobs import rules
from kyodo.core.jobs.actions import start
from kyodo.core.jobs.models import Job, Occurrence
from kyodo.core.jobs.registry import JobCard


@dataclass(frozen=True, slots=True)
class Recurring:
    """One line of the timetable: every so many minutes, or daily at a time of the installation's clocks."""

    name: str
    job: JobCard
    params: dict[str, Any]
    minutes: int | None = None
    clock_time: time | None = None

    def latest_due(self, at: datetime) -> datetime:
        """The latest occurrence that is due at `at`."""
        if self.minutes is not None:
            return rules.latest_of_every(self.minutes, at=at)
        assert self.clock_time is not None  # one of the two is given
        return rules.latest_of_daily(self.clock_time, at=at, zone=ZoneInfo(settings.TIME_ZONE))


TIMETABLE: dict[str, Recurring] = {}


def every(name: str, job: JobCard, *, minutes: int, **params: Any) -> None:
    """Start `job` every so many minutes."""
    _enter(Recurring(name=name, job=job, params=params, minutes=minutes))


def daily(name: str, job: JobCard, *, at: str, **params: Any) -> None:
    """Start `job` each day when the installation's clocks show `at` ("07:30")."""
    _enter(Recurring(name=name, job=job, params=params, clock_time=time.fromisoformat(at)))


def _enter(line: Recurring) -> None:
    if line.name in TIMETABLE:
        raise ValueError(f"the timetable has {line.name} twice")
    line.job.check(line.params)
    TIMETABLE[line.name] = line


def keep(at: datetime) -> list[str]:
    """Start what is due and not started yet; the names of what this call started. Only reads where nothing is due."""
    started = dict(Occurrence.objects.values_list("name").annotate(Max("due_at")))
    names = []
    for line in list(TIMETABLE.values()):
        due, last = line.latest_due(at), started.get(line.name)
        if last is not None and last >= due:
            continue
        is_first_day = last is None and line.clock_time is not None
        if _happen(line, due=due, at=at, only_note=is_first_day) and not is_first_day:
            names.append(line.name)
    return names


def _happen(line: Recurring, *, due: datetime, at: datetime, only_note: bool) -> bool:
    """Note the occurrence and start its job in one transaction; False if somebody else was faster."""
    try:
        with transaction.atomic():
            occurrence = Occurrence.objects.create(name=line.name, due_at=due)
            if not only_note:
                uuid = start(line.job, by=actors.job(line.name), at=at, **line.params)
                occurrence.job = Job.objects.get(uuid=uuid)
                occurrence.save(update_fields=["job"])
    except IntegrityError:
        return False
    return True
