"""Takes mails back that could not leave, so that what is in them goes out with the next one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kyodo.core.mail import untold
from kyodo.core.mail.models import OutgoingMail
from kyodo.core.mail.rules import WAITING, Purpose, State, Trouble


def withdraw(*, purpose: Purpose, except_keys: str, at: datetime) -> int:
    """Take back the waiting mails of `purpose` whose key does not begin with `except_keys`; how many there were.

    A mail that a worker is just sending stays: of the two of us one wins, by the state in the condition.
    """
    waiting = OutgoingMail.objects.filter(purpose=purpose, state__in=WAITING).exclude(key__startswith=except_keys)
    with transaction.atomic():
        taken = [
            number
            for number in waiting.values_list("pk", flat=True)
            if waiting.filter(pk=number).update(
                state=State.CANCELLED, state_since=at, trouble=Trouble.GATHERED, said="", text=""
            )
        ]
        if taken:
            untold.announce(taken)
    return len(taken)
