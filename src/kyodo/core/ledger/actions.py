"""What is done with the record beside reading it: asking for its proof. That too leaves an entry."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.jobs.actions import start
from kyodo.core.ledger.tasks import prove
from kyodo.engines.words import _


@action("ledger.proof_requested", _("{who}が{subject}の証明を求めました。"))
def request_proof(*, by: Actor, at: datetime) -> UUID:
    """Start the proof of the whole record; returns the id of the job's page."""
    job = start(prove, by=by, at=at)
    record(kind="ledger.record", subject=None, label="監査記録", organisation=by.organisation_id)
    return job
