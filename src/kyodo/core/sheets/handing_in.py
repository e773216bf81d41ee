"""Asks for a job that looks at many returned files."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.jobs.actions import start
from kyodo.core.sheets import tasks
from kyodo.core.sheets.intake import Handed
from kyodo.engines.words import _


@action("sheets.handed_in", _("{who}が様式の返送{subject}件の受付を求めました。"))
def start_batch(*, handed: list[Handed], batch: UUID, by: Actor, at: datetime) -> UUID:
    """Start the job; the id of its page comes back."""
    uuid = start(tasks.receive, by=by, at=at, batch=str(batch), files=tasks.packed(handed))
    record(kind="sheets.return", subject=None, label=str(len(handed)), organisation=by.organisation_id)
    return uuid
