"""What workers do besides jobs: bring back those whose worker died, and throw away what is long finished."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kyodo.core.jobs import execution, rules
from kyodo.core.jobs.models import Job, Occurrence
from kyodo.core.jobs.rules import State

log = logging.getLogger(__name__)

Row = dict[str, Any]
FIELDS = ("pk", "uuid", "kind", "queue", "attempts", "claim", "queue_row", "cancel_requested_at")


def revive(at: datetime) -> int:
    """Re-queue, or after too many attempts fail, the jobs whose worker died; how many there were.

    Two kinds: running without a heartbeat, and waiting although the queue's row is gone or was taken. Each is changed
    on condition that it still is as it was read, so two workers that look at once bring it back once.
    """
    silent_since = at - timedelta(seconds=settings.JOB_DEAD_AFTER)
    silent = Job.objects.filter(state=State.RUNNING, heartbeat_at__lt=silent_since)
    in_queue = DBTaskResult.objects.filter(pk=OuterRef("queue_row"), status=TaskResultStatus.READY)
    dropped = Job.objects.filter(Q(queued_at__lt=silent_since) & ~Exists(in_queue), state=State.WAITING)
    count = 0
    for row in [*silent.values(*FIELDS), *dropped.values(*FIELDS)]:
        count += _bring_back(row, at=at, silent_since=silent_since)
    return count


def _bring_back(row: Row, *, at: datetime, silent_since: datetime) -> bool:
    if row["claim"] is not None:
        as_read = Job.objects.filter(pk=row["pk"], claim=row["claim"], heartbeat_at__lt=silent_since)
    else:
        as_read = Job.objects.filter(pk=row["pk"], state=State.WAITING, queue_row=row["queue_row"])
    change: dict[str, Any]
    if row["cancel_requested_at"] is not None:
        change = {"state": State.CANCELLED, "finished_at": at}
    elif row["attempts"] >= rules.MAX_ATTEMPTS:
        change = {
            "state": State.FAILED,
            "finished_at": at,
            "error": rules.DIED,
            "error_facts": {"attempts": row["attempts"]},
        }
    else:
        change = {"state": State.WAITING, "queue_row": None}
        if row["claim"] is None:
            change["attempts"] = F("attempts") + 1  # an end to it also where no worker ever gets to claim it
    with transaction.atomic():
        if not as_read.update(claim=None, **change):
            return False
        if change["state"] == State.WAITING:
            execution.put(job_id=row["pk"], uuid=row["uuid"], queue=row["queue"], at=at)
    log.warning("job %s (%s) lost its worker: %s", row["uuid"], row["kind"], change["state"])
    return True


def prune(at: datetime) -> dict[str, int]:
    """Delete what nobody looks at any more; of each recurring thing the last occurrence stays, as its memory."""
    jobs, _kinds = Job.objects.filter(finished_at__lt=at - rules.KEEP_JOBS).delete()
    system_jobs, _kinds = Job.objects.filter(
        owner_id=None, state=State.DONE, finished_at__lt=at - rules.KEEP_QUEUE_ROWS
    ).delete()
    rows, _kinds = (
        DBTaskResult.objects.exclude(status=TaskResultStatus.READY)
        .filter(started_at__lt=at - rules.KEEP_QUEUE_ROWS)
        .delete()
    )
    latest = Occurrence.objects.values("name").annotate(last=Max("due_at")).values_list("name", "last")
    is_latest = Q()
    for name, last in latest:
        is_latest |= Q(name=name, due_at=last)
    occurrences, _kinds = Occurrence.objects.filter(due_at__lt=at - rules.KEEP_OCCURRENCES).exclude(is_latest).delete()
    return {"jobs": jobs + system_jobs, "queue_rows": rows, "occurrences": occurrences}
