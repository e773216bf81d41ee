"""Whom a mail is for: how they are called, for which body they work today, whether others read the same mailbox."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo.core import clock
from kyodo.core.accounts.models import Membership, User
from kyodo.core.entrances.queries import address_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets mail. `site` is where links begin: the entrance of their own body."""

    user_id: int
    address: str
    name: str
    language: str
    organisation_id: int | None
    organisation: str
    site: str


def reader(user_id: int) -> Reader | None:
    """The person behind an active account, with the body for which they work today (the first of several)."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    held = Membership.objects.on(clock.today()).filter(user_id=user_id).order_by("id")
    home = held.select_related("organisation__home_entrance").first()
    return Reader(
        user_id=user.pk,
        address=user.email,
        name=user.display_name,
        language=user.language or "ja",
        organisation_id=home.organisation_id if home else None,
        organisation=home.organisation.name if home else "",
        site=address_of(home.organisation.home_entrance if home else None),
    )


def is_shared(address: str) -> bool:
    """True if several people read the mails of an address."""
    return User.objects.filter(email__iexact=address, is_active=True).count() > 1
