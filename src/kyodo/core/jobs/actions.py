"""Start a job beside what asked for it; cancel one; let one run again that had failed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.jobs import execution, queries
from kyodo.core.jobs.models import Job
from kyodo.core.jobs.registry import JobCard
from kyodo.core.jobs.rules import State
from kyodo.engines.words import _

KIND = "jobs.job"


class JobFinished(Exception):
    """The job has ended meanwhile, and can't be cancelled."""


class JobNotFailed(Exception):
    """Only a job that failed runs again."""


def start(job: JobCard, *, by: Actor, at: datetime, about: str = "", **params: Any) -> UUID:
    """Start `job` with `params` (JSON values) and return the id of its page.

    Call it inside the action that asks for the job: its row and its place in the queue become durable with what the
    action writes, or not at all. No entry of its own in the record: the action's entry is the reason for it. `about`
    is what people call the thing it works on, and is shown to the owner beside the title.
    """
    job.check(params)
    with transaction.atomic():
        row = Job.objects.create(
            kind=job.name,
            title=job.title,
            about=about[:200],
            queue=job.queue,
            owner_id=by.user_id,
            owner_label=by.label[:200],
            organisation_id=by.organisation_id,
            entrance=by.entrance,
            state=State.WAITING,
            params=params,
            requested_at=at,
            queued_at=at,
        )
        execution.put(job_id=row.pk, uuid=row.uuid, queue=row.queue, at=at)
    return row.uuid


@action("jobs.cancelled", _("{who}が処理「{subject}」を中止しました。"))
def cancel(*, uuid: UUID, by: Actor, at: datetime) -> None:
    """Cancel one's own job: at once while it waits, at its next step while it runs."""
    row = queries.own(by).get(uuid=uuid)
    this = Job.objects.filter(pk=row.pk)
    if not this.filter(state=State.WAITING).update(
        state=State.CANCELLED, cancel_requested_at=at, finished_at=at
    ) and not this.filter(state=State.RUNNING).update(cancel_requested_at=at):
        raise JobFinished
    record(kind=KIND, subject=row.pk, label=row.title, organisation=row.organisation_id)


@action("jobs.requeued", _("{who}が処理「{subject}」をもう一度実行しました。"))
def run_again(*, uuid: UUID, by: Actor, at: datetime) -> None:
    """Let a job that failed run again, with all its attempts."""
    row = queries.overseen(by).get(uuid=uuid)
    if not Job.objects.filter(pk=row.pk, state=State.FAILED).update(
        state=State.WAITING,
        attempts=0,
        finished_at=None,
        cancel_requested_at=None,
        error="",
        error_facts={},
    ):
        raise JobNotFailed
    execution.put(job_id=row.pk, uuid=row.uuid, queue=row.queue, at=at)
    record(kind=KIND, subject=row.pk, label=row.title, organisation=row.organisation_id)
