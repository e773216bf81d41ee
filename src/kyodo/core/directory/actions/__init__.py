"""Writes to the directory and of invitations."""

from __future__ import annotations

from kyodo.core.directory.actions.contacts import (
    ContactChanged,
    add_contact,
    change_contact,
    remove_contact,
)
from kyodo.core.directory.actions.invitations import InvitationGone, accept, invite, print_letters

__all__ = [
    "ContactChanged",
    "InvitationGone",
    "accept",
    "add_contact",
    "change_contact",
    "invite",
    "print_letters",
    "remove_contact",
]
