"""What is done to duties."""

from __future__ import annotations

from datetime import datetime

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.duties.models import Duty
from kyodo.core.organisations.models import Organisation
from kyodo.engines.words import _


@action("duties.created", _("{who}が担当 {subject} を設けました。"))
def create_duty(*, organisation: Organisation, name: str, mailbox: str = "", by: Actor, at: datetime) -> Duty:
    """Set up a duty in an organisation."""
    duty = Duty.objects.create(organisation=organisation, name=name, mailbox=mailbox)
    record(
        kind="duties.duty",
        subject=duty.pk,
        label=f"{organisation.name} {name}",
        organisation=organisation.pk,
        changed={"name": (None, name)},
    )
    return duty
