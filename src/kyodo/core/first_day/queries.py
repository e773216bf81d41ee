"""Reads of the first day."""

from __future__ import annotations

from kyodo.core.access.actor import Actor
from kyodo.core.accounts.models import User


def address_of(actor: Actor) -> str:
    """The address of whoever asks; empty where there is none."""
    return User.objects.filter(pk=actor.user_id or 0).values_list("email", flat=True).first() or ""
