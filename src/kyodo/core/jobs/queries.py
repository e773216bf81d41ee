"""Reads of jobs: one's own with all they say, everybody's without what they are about."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.jobs.models import Job
from kyodo.core.jobs.permissions import Permission
from kyodo.core.jobs.rules import FINISHED, STATES, State

log = logging.getLogger(__name__)

RECENT = 100
TONES = {
    State.WAITING: "plain",
    State.RUNNING: "go",
    State.DONE: "done",
    State.FAILED: "error",
    State.CANCELLED: "warn",
}


@dataclass(frozen=True, slots=True)
class JobPage:
    """A job as its owner sees it, in the reader's language."""

    uuid: UUID
    title: str
    about: str
    state: State
    state_name: str
    done: int
    total: int | None
    message: str
    error: str
    result_url: str
    is_cancelling: bool
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def is_finished(self) -> bool:
        """Nothing will change any more."""
        return self.state in FINISHED

    @property
    def tone(self) -> str:
        """What colour says the same as the state's name."""
        return TONES[self.state]


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job as the operator sees it: that it runs, not what it is about nor whose it is."""

    uuid: UUID
    title: str
    queue: str
    state: State
    state_name: str
    attempts: int
    requested_at: datetime
    finished_at: datetime | None
    may_run_again: bool


def is_waiting(kind: str) -> bool:
    """True if a job of `kind` waits to be taken up."""
    return Job.objects.filter(kind=kind, state=State.WAITING).exists()


def own(actor: Actor) -> QuerySet[Job]:
    """The jobs that `actor` asked for."""
    if actor.user_id is None or not actor.may(Permission.OWN):
        return Job.objects.none()
    return Job.objects.filter(owner_id=actor.user_id)


def overseen(actor: Actor) -> QuerySet[Job]:
    """The jobs whose running is in `actor`'s care."""
    return held(Job.objects.all(), actor=actor, permission=Permission.OVERSEE)


def page(uuid: UUID, *, actor: Actor) -> JobPage | None:
    """One of the actor's own jobs; None for any other."""
    row = own(actor).filter(uuid=uuid).values(*PAGE_FIELDS).first()
    return _page(row) if row else None


def own_pages(*, actor: Actor) -> list[JobPage]:
    """The actor's own jobs, the latest first."""
    return [_page(row) for row in own(actor).values(*PAGE_FIELDS)[:RECENT]]


def lines(*, actor: Actor) -> list[JobLine]:
    """All jobs, the latest first, without content."""
    rows = overseen(actor).values("uuid", "title", "queue", "state", "attempts", "requested_at", "finished_at")
    return [
        JobLine(
            uuid=row["uuid"],
            title=_translated(row["title"]),
            queue=row["queue"],
            state=State(row["state"]),
            state_name=gettext(STATES[State(row["state"])]),
            attempts=row["attempts"],
            requested_at=row["requested_at"],
            finished_at=row["finished_at"],
            may_run_again=row["state"] == State.FAILED,
        )
        for row in rows[:RECENT]
    ]


PAGE_FIELDS = (
    "uuid",
    "title",
    "about",
    "state",
    "done",
    "total",
    "message",
    "message_facts",
    "error",
    "error_facts",
    "result",
    "requested_at",
    "started_at",
    "finished_at",
    "cancel_requested_at",
)


def _page(row: dict[str, Any]) -> JobPage:
    state = State(row["state"])
    result = row["result"] or {}
    said = (result["message"], result["facts"]) if result.get("message") else (row["message"], row["message_facts"])
    return JobPage(
        uuid=row["uuid"],
        title=_translated(row["title"]),
        about=row["about"],
        state=state,
        state_name=gettext(STATES[state]),
        done=row["done"],
        total=row["total"],
        message=_filled(*said),
        error=_filled(row["error"], row["error_facts"]) if state is State.FAILED else "",
        result_url=result.get("url", ""),
        is_cancelling=state is State.RUNNING and row["cancel_requested_at"] is not None,
        requested_at=row["requested_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
    )


def _translated(message_id: str) -> str:
    return gettext(message_id) if message_id else ""


def _filled(template: str, facts: Mapping[str, Any]) -> str:
    """A template in the reader's language with its facts; the template itself where they don't fit."""
    text = _translated(template)
    # A fact may be a message id itself: the reason for a fault, the name of a state.
    words = {name: _translated(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    try:
        return text.format(**words)
    except (KeyError, IndexError, ValueError):
        log.warning("facts do not fit %r", template)
        return text
