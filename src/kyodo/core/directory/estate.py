"""The lines of a body that ends go over to its successor, and the invitations of those who have not come in yet."""

from __future__ import annotations

from datetime import date, datetime

from kyodo.core.directory.models import Contact, Invitation
from kyodo.core.mergers import estate
from kyodo.core.mergers.estate import Estate
from kyodo.engines.words import _


def register() -> None:
    """Hand the estate over."""
    estate.register(Estate(_("名簿の連絡先"), _count, _move))


def _count(organisation: int) -> int:
    return Contact.objects.filter(organisation_id=organisation).count()


def _move(predecessor: int, successor: int, day: date, at: datetime) -> None:
    """A name that the successor uses already stays with the body that ended, where nobody looks for it any more."""
    taken = list(Contact.objects.filter(organisation_id=successor).values_list("name", flat=True))
    going = Contact.objects.filter(organisation_id=predecessor).exclude(name__in=taken)
    going.update(organisation_id=successor, changed_at=at)
    waiting = Invitation.objects.filter(organisation_id=predecessor, accepted_at=None, user__last_login=None)
    waiting.update(organisation_id=successor)
