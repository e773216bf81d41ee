"""Takes a job from the queue and runs it, once, whoever else tries: the claim is a conditional update."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django_tasks import task

from kyodo.core import clock
from kyodo.core.access import actor as actors
from kyodo.core.access.actor import Actor, ActorKind
from kyodo.core.accounts.actors import person
from kyodo.core.entrances.queries import of_slug
from kyodo.core.jobs import registry, rules
from kyodo.core.jobs.models import Job
from kyodo.core.jobs.progress import Cancelled, HandedBack, Heart, Progress, Superseded
from kyodo.core.jobs.rules import State

log = logging.getLogger(__name__)


@task(queue_name=rules.Queue.QUICK)
def run_job(uuid: str) -> None:
    """The one task in the queue: its row says only which job."""
    execute(UUID(uuid))


def put(*, job_id: int, uuid: UUID, queue: str, at: datetime, pause: timedelta | None = None) -> None:
    """Lay a waiting job into its queue. The caller's transaction makes both rows durable together."""
    row = run_job.using(queue_name=queue, run_after=at + pause if pause else None).enqueue(str(uuid))
    Job.objects.filter(pk=job_id).update(queue_row=UUID(row.id), queued_at=at + (pause or timedelta()))


def execute(uuid: UUID) -> None:
    """Run the job, if it waits; called twice it does nothing the second time."""
    claim, at = uuid4(), clock.now()
    taken = Job.objects.filter(uuid=uuid, state=State.WAITING).update(
        state=State.RUNNING,
        claim=claim,
        attempts=F("attempts") + 1,
        started_at=at,
        heartbeat_at=at,
        done=0,
        total=None,
        message="",
        message_facts={},
    )
    if not taken:
        return
    row = Job.objects.get(uuid=uuid)
    progress = Progress(job_id=row.pk, claim=claim, by=_hand(row, at), attempt=row.attempts)
    ending: dict[str, Any]
    pause: timedelta | None = None
    with Heart(progress, job_id=row.pk, claim=claim):
        try:
            ending = _done(registry.find(row.kind).function(progress, **row.params), progress)
        except Cancelled:
            ending = progress.latest() | {"state": State.CANCELLED}
        except HandedBack:
            # The worker ends, which is not the job's fault: this attempt does not count.
            ending, pause = {"state": State.WAITING, "attempts": F("attempts") - 1}, timedelta()
        except Superseded:
            return
        except registry.JobRefused as refusal:
            ending = _failed(refusal.text, refusal.facts)
        except Exception:
            ending, pause = _after_fault(row)
        _settle(row, claim, ending, pause)


def _hand(row: Job, at: datetime) -> Actor:
    """Who acts: the one who asked, with what they may do today; the job in its own name where nobody asked."""
    if row.owner_id is None:
        return actors.job(row.kind)
    today = person(
        user_id=row.owner_id,
        name=row.owner_label,
        entrance=of_slug(row.entrance),
        at=at,
        organisation_id=row.organisation_id,
    )
    return replace(today, kind=ActorKind.JOB, label=row.owner_label)


def _done(outcome: registry.Outcome | None, progress: Progress) -> dict[str, Any]:
    outcome = outcome or registry.Outcome()
    result = {
        "url": outcome.url,
        "message": outcome.message,
        "facts": dict(outcome.facts),
        "values": dict(outcome.values),
    }
    json.dumps(result)  # what can't be kept fails here, as the job's own fault
    return progress.latest() | {"state": State.DONE, "result": result}


def _failed(text: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {"state": State.FAILED, "error": text, "error_facts": facts}


def _after_fault(row: Job) -> tuple[dict[str, Any], timedelta | None]:
    log.exception("job %s (%s), attempt %s", row.uuid, row.kind, row.attempts)
    card = registry.JOBS.get(row.kind)
    if card is not None and row.attempts < card.tries:
        return {"state": State.WAITING, "error": rules.FAULT}, rules.pause_after(row.attempts)
    return _failed(rules.FAULT, {}), None


def _settle(row: Job, claim: UUID, ending: dict[str, Any], pause: timedelta | None) -> None:
    """Write how it ended, if the job is still ours. The work is done and must not be lost to a busy database."""
    for patience in (0.2, 1, 5, None):
        try:
            _write_ending(row, claim, ending, pause)
        except (OperationalError, InterfaceError):
            if patience is None:
                raise
            if not connection.in_atomic_block:
                connection.close()
            time.sleep(patience)
        else:
            return


def _write_ending(row: Job, claim: UUID, ending: dict[str, Any], pause: timedelta | None) -> None:
    at = clock.now()
    finished_at = at if ending["state"] in rules.FINISHED else None
    with transaction.atomic():
        mine = Job.objects.filter(pk=row.pk, claim=claim)
        if mine.update(claim=None, finished_at=finished_at, **ending) and pause is not None:
            put(job_id=row.pk, uuid=row.uuid, queue=row.queue, at=at, pause=pause)
