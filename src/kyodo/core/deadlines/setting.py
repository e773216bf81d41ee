"""Sets and lifts deadlines, in the transaction of the act that makes or meets them. To be called inside an action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kyodo.core.deadlines.models import Deadline

ONE = ("kind", "subject_id", "purpose")
MOVED = ("what", "about", "address", "organisation_id", "user_id", "due_on", "set_at", "met_at")


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
    set_all([(due, on)], at=at)


def set_all(dues: Iterable[tuple[Due, date | None]], *, at: datetime) -> None:
    """The same of many things, whatever they are, in one statement for those with a day and one a purpose for others.

    No kind, subject and purpose may be among them twice.
    """
    lifted: dict[tuple[str, str], list[int]] = defaultdict(list)
    made = []
    for due, on in dues:
        if on is None:
            lifted[due.kind, due.purpose].append(due.subject)
            continue
        made.append(
            Deadline(
                kind=due.kind,
                subject_id=due.subject,
                purpose=due.purpose,
                what=due.what,
                about=due.about,
                address=due.address,
                organisation_id=due.organisation_id,
                user_id=due.user_id,
                due_on=on,
                set_at=at,
                met_at=None,
            )
        )
    for (kind, purpose), subjects in lifted.items():
        meet_all(kind, subjects, purpose, at=at)
    Deadline.objects.bulk_create(made, update_conflicts=True, unique_fields=ONE, update_fields=MOVED)


def meet(kind: str, subject: int, *purposes: str, at: datetime) -> None:
    """What was due is done, or needs no doing any more; without a purpose, all of the subject."""
    meet_all(kind, [subject], *purposes, at=at)


def meet_all(kind: str, subjects: Collection[int], *purposes: str, at: datetime) -> None:
    """The same of many subjects of a kind, in one statement."""
    open_ones = Deadline.objects.filter(kind=kind, subject_id__in=subjects, met_at=None)
    if purposes:
        open_ones = open_ones.filter(purpose__in=purposes)
    open_ones.update(met_at=at)
