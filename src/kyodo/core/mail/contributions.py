"""What mail gives to the whole: a panel on the first page, words for the record, what the accounts' pages show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kyodo.core.access.doors import acting
from kyodo.core.accounts import addresses
from kyodo.core.home.panels import Panel, Place, register
from kyodo.core.ledger.words import register_address
from kyodo.core.mail import actions, queries
from kyodo.core.mail.permissions import Permission


def hand_over() -> None:
    """Put all of it in its place."""
    register(Panel(Place.DESK, 45, "mail/panel.html", in_trouble))
    register_address(actions.KIND, lambda number: reverse("mail:mail", args=[number]))
    addresses.register(queries.troubles_of)


def in_trouble(request: HttpRequest) -> Mapping[str, Any] | None:
    """How many addresses get nothing, for whoever looks after them; nothing where all is well."""
    if not acting(request).may(Permission.SEE):
        return None
    count = queries.troubled_count()
    return {"count": count} if count else None
