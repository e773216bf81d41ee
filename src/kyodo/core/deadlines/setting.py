"""Sets and lifts deadlines, in the transaction of the act that makes or meets them. To be called inside an action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kyodo.core.deadlines.models import Deadline


@dataclass(frozen=True, slots=True)
class Due:
    """What is due. `what` is a text marked for translation; `user_id` None: whoever works for the organisation.

    Where the person leaves the organisation, what was theirs is due for whoever works there.
    """

    kind: str
    subject: int
    purpose: str
    what: str
    about: str
    address: str
    organisation_id: int
    user_id: int | None = None


def set_deadline(due: Due, *, on: date | None, at: datetime) -> None:
    """Something is due on a day; set again, it moves. Without a day it is lifted."""
    if on is None:
        meet(due.kind, due.subject, due.purpose, at=at)
        return
    Deadline.objects.update_or_create(
        kind=due.kind,
        subject_id=due.subject,
        purpose=due.purpose,
        defaults={
            "what": due.what,
            "about": due.about,
            "address": due.address,
            "organisation_id": due.organisation_id,
            "user_id": due.user_id,
            "due_on": on,
            "set_at": at,
            "met_at": None,
        },
    )


def meet(kind: str, subject: int, *purposes: str, at: datetime) -> None:
    """What was due is done, or needs no doing any more; without a purpose, all of the subject."""
    open_ones = Deadline.objects.filter(kind=kind, subject_id=subject, met_at=None)
    if purposes:
        open_ones = open_ones.filter(purpose__in=purposes)
    open_ones.update(met_at=at)
