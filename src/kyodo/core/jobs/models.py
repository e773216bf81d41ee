"""A job and how far it is; and the occurrences of what comes back, so that each is started once."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from kyodo.core.jobs.rules import FINISHED, STATES, Queue, State


class Job(models.Model):
    """A piece of background work. Changed only by conditional updates: state or `claim` are part of each condition.

    `claim` is drawn anew by each worker that takes the job. One that was given up for dead and wakes up later holds an
    old claim, and can write nothing any more. Texts are templates (message ids) and the facts to fill in, since the
    worker doesn't know the reader's language.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    about = models.CharField(max_length=200, blank=True)
    queue = models.CharField(max_length=10, choices=[(queue.value, queue.value) for queue in Queue])
    owner_id = models.BigIntegerField(null=True)
    owner_label = models.CharField(max_length=200, blank=True)
    organisation_id = models.BigIntegerField(null=True)
    entrance = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=[(state.value, label) for state, label in STATES.items()])
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    message = models.TextField(blank=True)
    message_facts = models.JSONField(default=dict)
    params = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    error_facts = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    queue_row = models.UUIDField(null=True)
    requested_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_requested_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-requested_at", "-pk")
        indexes = (
            models.Index(fields=("owner_id", "-requested_at"), name="jobs_of_owner"),
            models.Index(
                fields=("state", "queued_at"), name="jobs_unfinished", condition=~Q(state__in=sorted(FINISHED))
            ),
            models.Index(fields=("finished_at",), name="jobs_by_end"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(State)), name="job_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, claim__isnull=False) | (~Q(state=State.RUNNING) & Q(claim=None)),
                name="job_runs_with_a_claim",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(FINISHED), finished_at__isnull=False)
                | (~Q(state__in=sorted(FINISHED)) & Q(finished_at=None)),
                name="job_finished_has_an_end",
            ),
        )


class Occurrence(models.Model):
    """One due moment of something that comes back. The unique key is what makes it start once."""

    name = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("name", "-due_at")
        constraints = (models.UniqueConstraint(fields=("name", "due_at"), name="occurrence_happens_once"),)
